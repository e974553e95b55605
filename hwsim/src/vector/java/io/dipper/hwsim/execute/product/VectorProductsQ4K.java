package io.dipper.hwsim.execute.product;

import static io.dipper.hwsim.execute.product.VectorProductsFactory.BYTES;
import static io.dipper.hwsim.execute.product.VectorProductsFactory.FLOATS;
import static io.dipper.hwsim.execute.product.VectorProductsFactory.INTS;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Products with Q4_K weights on the Vector API, 64 weights at a time: 32 bytes, whose lower halves
 * are one group and whose upper halves are the next. Two loops, because an index into a block that
 * is found by division takes as long as the products.
 */
final class VectorProductsQ4K implements Products {
  private static final int WEIGHTS = 64;

  @Override
  public float dot(byte[] stored, int at, float[] activations, int weights) {
    FloatVector lanes = FloatVector.zero(FLOATS);
    int block = at;
    for (int from = 0; from < weights; from += SuperBlocks.WEIGHTS) {
      long scales = SuperBlocks.scales(stored, block);
      long minima = SuperBlocks.minima(stored, block);
      float scale = Blocks.half(stored, block);
      float minimum = -Blocks.half(stored, block + Short.BYTES);
      int numbers = block + SuperBlocks.Q4_NUMBERS_AT;
      for (int w = from; w < from + SuperBlocks.WEIGHTS; w += WEIGHTS) {
        IntVector q0 = (IntVector) ByteVector.fromArray(BYTES, stored, numbers).castShape(INTS, 0);
        IntVector q1 =
            (IntVector) ByteVector.fromArray(BYTES, stored, numbers + 8).castShape(INTS, 0);
        IntVector q2 =
            (IntVector) ByteVector.fromArray(BYTES, stored, numbers + 16).castShape(INTS, 0);
        IntVector q3 =
            (IntVector) ByteVector.fromArray(BYTES, stored, numbers + 24).castShape(INTS, 0);
        FloatVector a0 = (FloatVector) q0.and(15).castShape(FLOATS, 0);
        FloatVector b0 = (FloatVector) q1.and(15).castShape(FLOATS, 0);
        FloatVector c0 = (FloatVector) q2.and(15).castShape(FLOATS, 0);
        FloatVector d0 = (FloatVector) q3.and(15).castShape(FLOATS, 0);
        FloatVector e0 = FloatVector.fromArray(FLOATS, activations, w);
        FloatVector f0 = FloatVector.fromArray(FLOATS, activations, w + 8);
        FloatVector g0 = FloatVector.fromArray(FLOATS, activations, w + 16);
        FloatVector h0 = FloatVector.fromArray(FLOATS, activations, w + 24);
        FloatVector group0 = a0.mul(e0).add(b0.mul(f0)).add(c0.mul(g0)).add(d0.mul(h0));
        lanes = lanes.add(group0.mul(scale * (int) (scales & 63)));
        FloatVector sums0 = e0.add(f0).add(g0).add(h0);
        lanes = lanes.add(sums0.mul(minimum * (int) (minima & 63)));
        FloatVector a1 =
            (FloatVector) q0.lanewise(VectorOperators.LSHR, 4).and(15).castShape(FLOATS, 0);
        FloatVector b1 =
            (FloatVector) q1.lanewise(VectorOperators.LSHR, 4).and(15).castShape(FLOATS, 0);
        FloatVector c1 =
            (FloatVector) q2.lanewise(VectorOperators.LSHR, 4).and(15).castShape(FLOATS, 0);
        FloatVector d1 =
            (FloatVector) q3.lanewise(VectorOperators.LSHR, 4).and(15).castShape(FLOATS, 0);
        FloatVector e1 = FloatVector.fromArray(FLOATS, activations, w + 32);
        FloatVector f1 = FloatVector.fromArray(FLOATS, activations, w + 40);
        FloatVector g1 = FloatVector.fromArray(FLOATS, activations, w + 48);
        FloatVector h1 = FloatVector.fromArray(FLOATS, activations, w + 56);
        FloatVector group1 = a1.mul(e1).add(b1.mul(f1)).add(c1.mul(g1)).add(d1.mul(h1));
        lanes = lanes.add(group1.mul(scale * (int) (scales >>> 8 & 63)));
        FloatVector sums1 = e1.add(f1).add(g1).add(h1);
        lanes = lanes.add(sums1.mul(minimum * (int) (minima >>> 8 & 63)));
        numbers += WEIGHTS / 2;
        scales >>>= 16;
        minima >>>= 16;
      }
      block += SuperBlocks.Q4_BYTES;
    }
    return VectorProductsFactory.total(lanes);
  }

  @Override
  public void add(byte[] stored, int at, float activation, float[] sums, int weights) {
    int block = at;
    for (int from = 0; from < weights; from += SuperBlocks.WEIGHTS) {
      long scales = SuperBlocks.scales(stored, block);
      long minima = SuperBlocks.minima(stored, block);
      float scale = Blocks.half(stored, block);
      float minimum = -Blocks.half(stored, block + Short.BYTES);
      int numbers = block + SuperBlocks.Q4_NUMBERS_AT;
      for (int w = from; w < from + SuperBlocks.WEIGHTS; w += WEIGHTS) {
        IntVector q0 = (IntVector) ByteVector.fromArray(BYTES, stored, numbers).castShape(INTS, 0);
        IntVector q1 =
            (IntVector) ByteVector.fromArray(BYTES, stored, numbers + 8).castShape(INTS, 0);
        IntVector q2 =
            (IntVector) ByteVector.fromArray(BYTES, stored, numbers + 16).castShape(INTS, 0);
        IntVector q3 =
            (IntVector) ByteVector.fromArray(BYTES, stored, numbers + 24).castShape(INTS, 0);
        FloatVector a0 = (FloatVector) q0.and(15).castShape(FLOATS, 0);
        FloatVector b0 = (FloatVector) q1.and(15).castShape(FLOATS, 0);
        FloatVector c0 = (FloatVector) q2.and(15).castShape(FLOATS, 0);
        FloatVector d0 = (FloatVector) q3.and(15).castShape(FLOATS, 0);
        FloatVector e0 = FloatVector.fromArray(FLOATS, sums, w);
        FloatVector f0 = FloatVector.fromArray(FLOATS, sums, w + 8);
        FloatVector g0 = FloatVector.fromArray(FLOATS, sums, w + 16);
        FloatVector h0 = FloatVector.fromArray(FLOATS, sums, w + 24);
        float scale0 = scale * (int) (scales & 63) * activation;
        float offset0 = minimum * (int) (minima & 63) * activation;
        e0.add(a0.mul(scale0).add(offset0)).intoArray(sums, w);
        f0.add(b0.mul(scale0).add(offset0)).intoArray(sums, w + 8);
        g0.add(c0.mul(scale0).add(offset0)).intoArray(sums, w + 16);
        h0.add(d0.mul(scale0).add(offset0)).intoArray(sums, w + 24);
        FloatVector a1 =
            (FloatVector) q0.lanewise(VectorOperators.LSHR, 4).and(15).castShape(FLOATS, 0);
        FloatVector b1 =
            (FloatVector) q1.lanewise(VectorOperators.LSHR, 4).and(15).castShape(FLOATS, 0);
        FloatVector c1 =
            (FloatVector) q2.lanewise(VectorOperators.LSHR, 4).and(15).castShape(FLOATS, 0);
        FloatVector d1 =
            (FloatVector) q3.lanewise(VectorOperators.LSHR, 4).and(15).castShape(FLOATS, 0);
        FloatVector e1 = FloatVector.fromArray(FLOATS, sums, w + 32);
        FloatVector f1 = FloatVector.fromArray(FLOATS, sums, w + 40);
        FloatVector g1 = FloatVector.fromArray(FLOATS, sums, w + 48);
        FloatVector h1 = FloatVector.fromArray(FLOATS, sums, w + 56);
        float scale1 = scale * (int) (scales >>> 8 & 63) * activation;
        float offset1 = minimum * (int) (minima >>> 8 & 63) * activation;
        e1.add(a1.mul(scale1).add(offset1)).intoArray(sums, w + 32);
        f1.add(b1.mul(scale1).add(offset1)).intoArray(sums, w + 40);
        g1.add(c1.mul(scale1).add(offset1)).intoArray(sums, w + 48);
        h1.add(d1.mul(scale1).add(offset1)).intoArray(sums, w + 56);
        numbers += WEIGHTS / 2;
        scales >>>= 16;
        minima >>>= 16;
      }
      block += SuperBlocks.Q4_BYTES;
    }
  }
}
