package io.dipper.tracegen.learn;

import io.dipper.tracegen.format.Rope;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The rotary embedding of some heads side by side, entries half a head apart rotated together, and
 * its transpose, through which gradients go back: {@code x cos ± x P sin}, where P swaps the two
 * entries of a pair and negates the second.
 */
final class RopeGradient {
  private final int headDim;
  private final INDArray swap;
  private final INDArray cos;
  private final INDArray sin;

  /**
   * @param heads that are side by side
   * @param tokens of a block
   */
  RopeGradient(Rope rope, int heads, int headDim, int tokens, DataType type) {
    this.headDim = headDim;
    int half = rope.dimensions() / 2;
    float[] swapped = new float[headDim * headDim];
    for (int i = 0; i < half; i++) {
      swapped[i * headDim + half + i] = 1;
      swapped[(half + i) * headDim + i] = -1;
    }
    this.swap = Scratch.matrix(swapped, headDim, type);
    float[] c = new float[tokens * heads * headDim];
    float[] s = new float[tokens * heads * headDim];
    double amplitude = rope.scaling().amplitude();
    for (int entry = 0; entry < headDim; entry++) {
      boolean turns = entry < 2 * half;
      double frequency = turns ? rope.frequency(entry % half, tokens) : 0;
      for (int p = 0; p < tokens; p++) {
        float cosine = turns ? (float) (Math.cos(p * frequency) * amplitude) : 1;
        float sine = (float) (Math.sin(p * frequency) * amplitude);
        for (int h = 0; h < heads; h++) {
          c[(p * heads + h) * headDim + entry] = cosine;
          s[(p * heads + h) * headDim + entry] = sine;
        }
      }
    }
    this.cos = Scratch.matrix(c, heads * headDim, type);
    this.sin = Scratch.matrix(s, heads * headDim, type);
  }

  /** The rows, a head beside the other, rotated in place; the transpose turns them back. */
  INDArray rotate(INDArray rows, boolean transposed) {
    INDArray turned = Nd4j.createUninitialized(rows.dataType(), rows.shape(), 'c');
    long vectors = rows.length() / headDim;
    Nd4j.gemm(
        rows.reshape('c', vectors, headDim),
        swap,
        turned.reshape('c', vectors, headDim),
        false,
        false,
        1,
        0);
    turned.muli(sin);
    rows.muli(cos);
    if (transposed) {
      rows.subi(turned);
    } else {
      rows.addi(turned);
    }
    turned.close();
    return rows;
  }
}
