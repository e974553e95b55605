package io.dipper.tracegen.runtime;

import io.dipper.tracegen.format.ModelConfig;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A sequence whose MLP blocks somebody else computes: token by token and layer by layer, so that
 * none of the blocks' weights are needed here. A block's biases are not added. For one caller at a
 * time.
 *
 * <pre>{@code
 * steps.begin(id);
 * for (int layer = 0; layer < layers; layer++) {
 *   steps.add(block(layer, steps.attend(layer)));
 * }
 * float nats = steps.nll(next);
 * }</pre>
 */
public final class TokenSteps implements AutoCloseable {
  private final ModelConfig config;
  private final WeightStore store;
  private final Decoder decoder;
  private final OutputHead head;
  private final KvCache cache;
  private int position = -1;
  private @Nullable Segment segment;
  private @Nullable Chunk chunk;
  private @Nullable LayerWeights weights;

  /**
   * @param cache of all layers, whose capacity is the length of the sequence; closed with this
   */
  TokenSteps(
      ModelConfig config, WeightStore store, Decoder decoder, OutputHead head, KvCache cache) {
    this.config = config;
    this.store = store;
    this.decoder = decoder;
    this.head = head;
    this.cache = cache;
    decoder.prepare(cache.capacity());
  }

  /** Turns to the next token. */
  public void begin(int token) {
    position++;
    segment = decoder.embed(0, cache.capacity(), position, new int[] {token}, cache);
  }

  /**
   * Runs the attention of a layer.
   *
   * @return H values, the normalised input of its MLP; valid until the next call
   */
  public float[] attend(int layer) {
    chunk = new Chunk(layer, 0, position, 1);
    weights = LayerWeights.decode(store, config.norm(), layer);
    return decoder.attend(weights, chunk, present());
  }

  /**
   * Adds the output of the layer's MLP to what goes on to the next.
   *
   * @param output H values, which may be changed
   */
  public void add(float[] output) {
    decoder.add(Objects.requireNonNull(weights), output, Objects.requireNonNull(chunk), present());
  }

  /** The NLL of a token after this one, in nats, once all layers have been run. */
  public float nll(int next) {
    return head.nll(present().state(), new int[] {next})[0];
  }

  private Segment present() {
    return Objects.requireNonNull(segment, "no token was begun");
  }

  @Override
  public void close() {
    cache.close();
  }
}
