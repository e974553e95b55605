package io.dipper.tracegen.learn;

import io.dipper.tracegen.format.Rope;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The rotary embedding of whole heads, entries half a head apart rotated together, and its
 * transpose, through which gradients go back.
 */
final class RopeGradient {
  private final INDArray cos;
  private final INDArray sin;
  private final int half;

  RopeGradient(Rope rope, int tokens, DataType type) {
    this.half = rope.dimensions() / 2;
    float[] c = new float[tokens * half];
    float[] s = new float[tokens * half];
    double amplitude = rope.scaling().amplitude();
    for (int i = 0; i < half; i++) {
      double frequency = rope.frequency(i, tokens);
      for (int p = 0; p < tokens; p++) {
        c[p * half + i] = (float) (Math.cos(p * frequency) * amplitude);
        s[p * half + i] = (float) (Math.sin(p * frequency) * amplitude);
      }
    }
    this.cos = Nd4j.createFromArray(c).reshape('c', tokens, half).castTo(type);
    this.sin = Nd4j.createFromArray(s).reshape('c', tokens, half).castTo(type);
  }

  /** One head's rows, rotated; the transpose turns them back. */
  INDArray rotate(INDArray head, boolean transposed) {
    var all = NDArrayIndex.all();
    INDArray a = head.get(all, NDArrayIndex.interval(0, half));
    INDArray b = head.get(all, NDArrayIndex.interval(half, 2L * half));
    INDArray turn = transposed ? sin.neg() : sin;
    INDArray out = Nd4j.create(head.dataType(), head.shape(), 'c');
    out.get(all, NDArrayIndex.interval(0, half)).assign(a.mul(cos).sub(b.mul(turn)));
    out.get(all, NDArrayIndex.interval(half, 2L * half)).assign(a.mul(turn).add(b.mul(cos)));
    return out;
  }
}
