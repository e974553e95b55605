package io.dipper.tracegen.record;

import io.dipper.adapter.Adapter;
import io.dipper.error.UserException;
import io.dipper.proto.ModelShape;
import io.dipper.trace.Site;
import io.dipper.tracegen.corpus.Protocol;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.runtime.RuntimeOptions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of a run is recorded, and with how much of the machine.
 *
 * @param tokens at most so many of the text are used; empty for all
 * @param blockLength tokens per sequence; empty for 2048, or the model's context where that is
 *     shorter
 * @param requested sites to record; policies can only use these. Empty for the model's usual ones
 * @param producer what the manifest names as the producer, {@code dipper VERSION}
 * @param adapter that the model runs with; empty for none
 */
public record RecordingOptions(
    OptionalInt tokens,
    OptionalInt blockLength,
    Optional<Set<Site>> requested,
    String producer,
    RuntimeOptions runtime,
    Optional<Adapter> adapter) {
  /** Tokens of the shortest sequence that can be recorded. */
  public static final int SHORTEST_BLOCK = 2;

  public RecordingOptions {
    if (requested.isPresent() && requested.get().isEmpty()) {
      throw new UserException("sites: none; name some of " + Site.names());
    }
    if (tokens.isPresent() && tokens.getAsInt() < 1) {
      throw new UserException("tokens: " + tokens.getAsInt() + ", must be 1 or more");
    }
    requested = requested.map(Set::copyOf);
  }

  /** The usual sites of a whole text in blocks of the default length, on all cores. */
  public static RecordingOptions defaults(String producer) {
    return new RecordingOptions(
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        producer,
        RuntimeOptions.defaults(),
        Optional.empty());
  }

  public RecordingOptions withTokens(int limit) {
    return new RecordingOptions(
        OptionalInt.of(limit), blockLength, requested, producer, runtime, adapter);
  }

  public RecordingOptions withBlockLength(int length) {
    return new RecordingOptions(
        tokens, OptionalInt.of(length), requested, producer, runtime, adapter);
  }

  public RecordingOptions withSites(Set<Site> recorded) {
    return new RecordingOptions(
        tokens, blockLength, Optional.of(recorded), producer, runtime, adapter);
  }

  public RecordingOptions withRuntime(RuntimeOptions options) {
    return new RecordingOptions(tokens, blockLength, requested, producer, options, adapter);
  }

  /** With an adapter beside the model's weights, which must belong to the model. */
  public RecordingOptions withAdapter(Adapter beside) {
    return new RecordingOptions(
        tokens, blockLength, requested, producer, runtime, Optional.of(beside));
  }

  /**
   * The sites that are recorded of a model, in the order of their declaration.
   *
   * @throws UserException if one is asked for that no layer of the model has
   */
  public Set<Site> sites(ModelShape shape) {
    Set<Site> sites = EnumSet.copyOf(requested.orElse(Site.usual(shape)));
    for (Site site : sites) {
      if (!isMade(site) || site.layers(shape) == 0) {
        String own =
            EnumSet.allOf(Site.class).stream()
                .filter(other -> isMade(other) && other.layers(shape) > 0)
                .map(Site::id)
                .collect(Collectors.joining(", "));
        throw new UserException(
            "sites: no layer of " + shape.getName() + " has " + site.id() + "; it has " + own);
      }
    }
    return sites;
  }

  /** Chosen experts follow from the router's logits, and are of imported traces alone. */
  private static boolean isMade(Site site) {
    return site != Site.EXPERTS && site != Site.EXPERT_WEIGHTS;
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
