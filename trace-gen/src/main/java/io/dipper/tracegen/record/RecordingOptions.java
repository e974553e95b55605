package io.dipper.tracegen.record;

import io.dipper.error.UserException;
import io.dipper.trace.Site;
import io.dipper.tracegen.corpus.Protocol;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.runtime.RuntimeOptions;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What of a run is recorded, and with how much of the machine.
 *
 * @param tokens at most so many of the text are used; empty for all
 * @param blockLength tokens per sequence; empty for 2048, or the model's context where that is
 *     shorter
 * @param sites that are recorded; policies can only use these
 * @param producer what the manifest names as the producer, {@code dipper VERSION}
 */
public record RecordingOptions(
    OptionalInt tokens,
    OptionalInt blockLength,
    Set<Site> sites,
    String producer,
    RuntimeOptions runtime) {
  private static final int SHORTEST_BLOCK = 2;

  public RecordingOptions {
    if (sites.isEmpty()) {
      throw new UserException("sites: none; name some of x, gate, up, glu");
    }
    if (tokens.isPresent() && tokens.getAsInt() < 1) {
      throw new UserException("tokens: " + tokens.getAsInt() + ", must be 1 or more");
    }
    sites = Set.copyOf(EnumSet.copyOf(sites));
  }

  /** All sites of a whole text in blocks of the default length, on all cores. */
  public static RecordingOptions defaults(String producer) {
    return new RecordingOptions(
        OptionalInt.empty(),
        OptionalInt.empty(),
        EnumSet.allOf(Site.class),
        producer,
        RuntimeOptions.defaults());
  }

  public RecordingOptions withTokens(int limit) {
    return new RecordingOptions(OptionalInt.of(limit), blockLength, sites, producer, runtime);
  }

  public RecordingOptions withBlockLength(int length) {
    return new RecordingOptions(tokens, OptionalInt.of(length), sites, producer, runtime);
  }

  public RecordingOptions withSites(Set<Site> recorded) {
    return new RecordingOptions(tokens, blockLength, recorded, producer, runtime);
  }

  public RecordingOptions withRuntime(RuntimeOptions options) {
    return new RecordingOptions(tokens, blockLength, sites, producer, options);
  }

  /**
   * How this recording cuts the text.
   *
   * @throws UserException if a block is longer than the model's context
   */
  public Protocol.Disjoint protocol(ModelConfig config) {
    int context = config.contextLength();
    if (blockLength.isEmpty()) {
      return Protocol.forContext(context);
    }
    int length = blockLength.getAsInt();
    if (length < SHORTEST_BLOCK || length > context) {
      throw new UserException(
          "block: " + length + " tokens, must be from 2 to the model's context of " + context);
    }
    return new Protocol.Disjoint(length);
  }
}
