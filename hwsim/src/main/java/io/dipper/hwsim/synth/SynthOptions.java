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

  private static final Set<Site> DRAWN =
      EnumSet.of(Site.X, Site.GATE, Site.UP, Site.GLU, Site.ROUTER);
  private static final String DRAWN_NAMES = "x, gate, up, glu, router";
  private static final int FEWEST = 2;
  private static final int MOST = 100_000_000;

  /**
   * @throws UserException if there are no sites, or the numbers of tokens are out of range
   */
  public SynthOptions {
    checkSites(shape, sites);
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

  /** The sites that are drawn where nothing else is said: those that most policies look at. */
  public static Set<Site> usualSites(ModelShape shape) {
    return shape.getExperts() > 0 ? EnumSet.of(Site.ROUTER) : EnumSet.of(Site.X, Site.GLU);
  }

  private static void checkSites(ModelShape shape, Set<Site> sites) {
    if (sites.isEmpty()) {
      throw new UserException("sites: none; name some of " + DRAWN_NAMES);
    }
    for (Site site : sites) {
      if (!DRAWN.contains(site)) {
        throw new UserException("sites: " + site.id() + " cannot be drawn, only " + DRAWN_NAMES);
      }
      if (site.layers(shape) == 0 || site.width(shape) == 0) {
        throw new UserException(
            "sites: no layer of "
                + shape.getName()
                + " has "
                + site.id()
                + " (dipper models shapes)");
      }
    }
  }

  /** The bytes of all activations of a token. */
  long bytesPerToken() {
    return sites.stream()
        .mapToLong(site -> (long) site.width(shape) * site.layers(shape) * site.element().bytes())
        .sum();
  }
}
