package io.dipper.tracegen.learn;

import java.util.IdentityHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What the dense model makes of blocks, kept for when they come again, as long as there is room.
 * Not safe for use by many threads.
 */
final class DenseStates implements AutoCloseable {
  /** Bytes that are kept at most. */
  static final long ROOM = 256L << 20;

  private final DecoderGradient decoder;
  private final Map<int[], INDArray> kept = new IdentityHashMap<>();
  private long bytes;

  DenseStates(DecoderGradient decoder) {
    this.decoder = decoder;
  }

  /** Something to be done with the output of the dense model's last layer. */
  @FunctionalInterface
  interface Use {
    double with(INDArray dense);
  }

  /**
   * Does it.
   *
   * @param block the very array, each time that the block comes
   */
  double use(int[] block, Use use) {
    INDArray known = kept.get(block);
    if (known != null) {
      return use.with(known);
    }
    INDArray dense = decoder.dense(block);
    double result = use.with(dense);
    long more = dense.length() * dense.dataType().width();
    if (bytes + more <= ROOM) {
      bytes += more;
      kept.put(block, dense);
    } else {
      dense.close();
    }
    return result;
  }

  @Override
  public void close() {
    kept.values().forEach(INDArray::close);
    kept.clear();
  }
}
