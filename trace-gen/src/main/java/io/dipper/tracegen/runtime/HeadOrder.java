package io.dipper.tracegen.runtime;

import io.dipper.adapter.AdapterTarget;
import io.dipper.proto.ModelShape;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.format.Rope;

/**
 * Where a row of an adapter's query or key lies in the model's matrix. Adapters have the rows of a
 * head as Hugging Face has them, with the two entries of a rotated pair half a head apart; GGUF
 * stores those of llama side by side.
 *
 * @param headDim of the heads whose rows are stored in another order; 0 where the order is one
 */
public record HeadOrder(int headDim) {
  /** The order of a matrix of a model. */
  public static HeadOrder of(ModelConfig config, AdapterTarget target) {
    boolean rotated = target == AdapterTarget.QUERY || target == AdapterTarget.KEY;
    boolean interleaved = config.attention().rope().style() == Rope.Style.INTERLEAVED;
    ModelShape shape = config.shape();
    return new HeadOrder(rotated && interleaved ? shape.getHeadDim() : 0);
  }

  /** The row of the stored matrix. */
  public int stored(int row) {
    if (headDim == 0) {
      return row;
    }
    int inHead = row % headDim;
    int half = headDim / 2;
    return row - inHead + 2 * (inHead % half) + inHead / half;
  }
}
