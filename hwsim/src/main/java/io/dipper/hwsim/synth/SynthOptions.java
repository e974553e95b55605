package io.dipper.hwsim.synth;

import io.dipper.error.UserException;
import io.dipper.proto.ModelShape;
import io.dipper.trace.Site;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is drawn.
 *
 * @param shape of the model that never ran
 * @param tokens in all, a multiple of the block
 * @param blockLength tokens per sequence
 * @param sites that the trace will have
 * @param seed the same seed gives the same bytes
 * @param producer what the manifest names as the producer
 */
public record SynthOptions(
    ModelShape shape, int tokens, int blockLength, Set<Site> sites, long seed, String producer) {
  /** Tokens of a sequence where nothing else is said. */
  public static final int DEFAULT_BLOCK = 2048;

  private static final int FEWEST = 2;
  private static final int MOST = 100_000_000;

  /**
   * @throws UserException if there are no sites, or the numbers of tokens are out of range
   */
  public SynthOptions {
    if (sites.isEmpty()) {
      throw new UserException("sites: none; name some of x, gate, up, glu");
    }
    if (!Site.ofDenseLayers().containsAll(sites)) {
      throw new UserException("sites: only x, gate, up, glu can be drawn");
    }
    if (tokens < FEWEST || tokens > MOST) {
      throw new UserException("tokens: " + tokens + ", must be from " + FEWEST + " to " + MOST);
    }
    if (blockLength < FEWEST || blockLength > tokens) {
      throw new UserException(
          "block: " + blockLength + " tokens, must be from " + FEWEST + " to the " + tokens);
    }
    if (tokens % blockLength != 0) {
      int whole = tokens / blockLength * blockLength;
      throw new UserException(
          "tokens: "
              + tokens
              + " are no whole blocks of "
              + blockLength
              + "; give "
              + whole
              + " or "
              + ((long) whole + blockLength)
              + ", or another --block");
    }
    sites = Set.copyOf(EnumSet.copyOf(sites));
  }

  /** The bytes of all activations of a token. */
  long bytesPerToken() {
    return sites.stream().mapToLong(site -> site.width(shape)).sum()
        * shape.getLayers()
        * Short.BYTES;
  }
}
