package io.dipper.hwsim.execute.product;

import static io.dipper.hwsim.execute.product.VectorProductsFactory.BYTES;
import static io.dipper.hwsim.execute.product.VectorProductsFactory.FLOATS;
import static io.dipper.hwsim.execute.product.VectorProductsFactory.INTS;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Products with Q6_K weights on the Vector API, 64 weights at a time: the lower or the upper halves
 * of 64 bytes, and two of the bits of 32 others, then two more of them.
 */
final class VectorProductsQ6K implements Products {
  private static final int WEIGHTS = 64;

  /** A weight is its number less this, times both scales. */
  private static final float MIDDLE = 32;

  @Override
  public float dot(byte[] stored, int at, float[] activations, int weights) {
    FloatVector lanes = FloatVector.zero(FLOATS);
    int block = at;
    for (int from = 0; from < weights; from += SuperBlocks.WEIGHTS) {
      float scale = Blocks.half(stored, block + SuperBlocks.Q6_SCALE_AT);
      int scales = block + SuperBlocks.Q6_SCALES_AT;
      for (int w = from; w < from + SuperBlocks.WEIGHTS; w += WEIGHTS) {
        int quarter = (w - from) / WEIGHTS;
        int lower = block + quarter / 2 * WEIGHTS;
        int upper = block + SuperBlocks.Q6_UPPER_AT + quarter / 2 * 32;
        int shift = quarter % 2 * 4;
        IntVector u0 = (IntVector) ByteVector.fromArray(BYTES, stored, upper).castShape(INTS, 0);
        u0 = u0.lanewise(VectorOperators.LSHL, 4).lanewise(VectorOperators.LSHR, shift);
        IntVector u1 =
            (IntVector) ByteVector.fromArray(BYTES, stored, upper + 8).castShape(INTS, 0);
        u1 = u1.lanewise(VectorOperators.LSHL, 4).lanewise(VectorOperators.LSHR, shift);
        IntVector u2 =
            (IntVector) ByteVector.fromArray(BYTES, stored, upper + 16).castShape(INTS, 0);
        u2 = u2.lanewise(VectorOperators.LSHL, 4).lanewise(VectorOperators.LSHR, shift);
        IntVector u3 =
            (IntVector) ByteVector.fromArray(BYTES, stored, upper + 24).castShape(INTS, 0);
        u3 = u3.lanewise(VectorOperators.LSHL, 4).lanewise(VectorOperators.LSHR, shift);
        IntVector l0 = (IntVector) ByteVector.fromArray(BYTES, stored, lower).castShape(INTS, 0);
        l0 = l0.lanewise(VectorOperators.LSHR, shift).and(15).or(u0.and(48));
        FloatVector n0 = (FloatVector) l0.castShape(FLOATS, 0);
        IntVector l1 =
            (IntVector) ByteVector.fromArray(BYTES, stored, lower + 8).castShape(INTS, 0);
        l1 = l1.lanewise(VectorOperators.LSHR, shift).and(15).or(u1.and(48));
        FloatVector n1 = (FloatVector) l1.castShape(FLOATS, 0);
        FloatVector group0 = n0.sub(MIDDLE).mul(FloatVector.fromArray(FLOATS, activations, w));
        group0 = group0.add(n1.sub(MIDDLE).mul(FloatVector.fromArray(FLOATS, activations, w + 8)));
        lanes = lanes.add(group0.mul(scale * stored[scales]));
        IntVector l2 =
            (IntVector) ByteVector.fromArray(BYTES, stored, lower + 16).castShape(INTS, 0);
        l2 = l2.lanewise(VectorOperators.LSHR, shift).and(15).or(u2.and(48));
        FloatVector n2 = (FloatVector) l2.castShape(FLOATS, 0);
        IntVector l3 =
            (IntVector) ByteVector.fromArray(BYTES, stored, lower + 24).castShape(INTS, 0);
        l3 = l3.lanewise(VectorOperators.LSHR, shift).and(15).or(u3.and(48));
        FloatVector n3 = (FloatVector) l3.castShape(FLOATS, 0);
        FloatVector group1 = n2.sub(MIDDLE).mul(FloatVector.fromArray(FLOATS, activations, w + 16));
        group1 = group1.add(n3.sub(MIDDLE).mul(FloatVector.fromArray(FLOATS, activations, w + 24)));
        lanes = lanes.add(group1.mul(scale * stored[scales + 1]));
        IntVector l4 =
            (IntVector) ByteVector.fromArray(BYTES, stored, lower + 32).castShape(INTS, 0);
        l4 =
            l4.lanewise(VectorOperators.LSHR, shift)
                .and(15)
                .or(u0.lanewise(VectorOperators.LSHR, 2).and(48));
        FloatVector n4 = (FloatVector) l4.castShape(FLOATS, 0);
        IntVector l5 =
            (IntVector) ByteVector.fromArray(BYTES, stored, lower + 40).castShape(INTS, 0);
        l5 =
            l5.lanewise(VectorOperators.LSHR, shift)
                .and(15)
                .or(u1.lanewise(VectorOperators.LSHR, 2).and(48));
        FloatVector n5 = (FloatVector) l5.castShape(FLOATS, 0);
        FloatVector group2 = n4.sub(MIDDLE).mul(FloatVector.fromArray(FLOATS, activations, w + 32));
        group2 = group2.add(n5.sub(MIDDLE).mul(FloatVector.fromArray(FLOATS, activations, w + 40)));
        lanes = lanes.add(group2.mul(scale * stored[scales + 2]));
        IntVector l6 =
            (IntVector) ByteVector.fromArray(BYTES, stored, lower + 48).castShape(INTS, 0);
        l6 =
            l6.lanewise(VectorOperators.LSHR, shift)
                .and(15)
                .or(u2.lanewise(VectorOperators.LSHR, 2).and(48));
        FloatVector n6 = (FloatVector) l6.castShape(FLOATS, 0);
        IntVector l7 =
            (IntVector) ByteVector.fromArray(BYTES, stored, lower + 56).castShape(INTS, 0);
        l7 =
            l7.lanewise(VectorOperators.LSHR, shift)
                .and(15)
                .or(u3.lanewise(VectorOperators.LSHR, 2).and(48));
        FloatVector n7 = (FloatVector) l7.castShape(FLOATS, 0);
        FloatVector group3 = n6.sub(MIDDLE).mul(FloatVector.fromArray(FLOATS, activations, w + 48));
        group3 = group3.add(n7.sub(MIDDLE).mul(FloatVector.fromArray(FLOATS, activations, w + 56)));
        lanes = lanes.add(group3.mul(scale * stored[scales + 3]));
        scales += 4;
      }
      block += SuperBlocks.Q6_BYTES;
    }
    return VectorProductsFactory.total(lanes);
  }

  @Override
  public void add(byte[] stored, int at, float activation, float[] sums, int weights) {
    int block = at;
    for (int from = 0; from < weights; from += SuperBlocks.WEIGHTS) {
      float scale = Blocks.half(stored, block + SuperBlocks.Q6_SCALE_AT);
      int scales = block + SuperBlocks.Q6_SCALES_AT;
      for (int w = from; w < from + SuperBlocks.WEIGHTS; w += WEIGHTS) {
        int quarter = (w - from) / WEIGHTS;
        int lower = block + quarter / 2 * WEIGHTS;
        int upper = block + SuperBlocks.Q6_UPPER_AT + quarter / 2 * 32;
        int shift = quarter % 2 * 4;
        IntVector u0 = (IntVector) ByteVector.fromArray(BYTES, stored, upper).castShape(INTS, 0);
        u0 = u0.lanewise(VectorOperators.LSHL, 4).lanewise(VectorOperators.LSHR, shift);
        IntVector u1 =
            (IntVector) ByteVector.fromArray(BYTES, stored, upper + 8).castShape(INTS, 0);
        u1 = u1.lanewise(VectorOperators.LSHL, 4).lanewise(VectorOperators.LSHR, shift);
        IntVector u2 =
            (IntVector) ByteVector.fromArray(BYTES, stored, upper + 16).castShape(INTS, 0);
        u2 = u2.lanewise(VectorOperators.LSHL, 4).lanewise(VectorOperators.LSHR, shift);
        IntVector u3 =
            (IntVector) ByteVector.fromArray(BYTES, stored, upper + 24).castShape(INTS, 0);
        u3 = u3.lanewise(VectorOperators.LSHL, 4).lanewise(VectorOperators.LSHR, shift);
        IntVector l0 = (IntVector) ByteVector.fromArray(BYTES, stored, lower).castShape(INTS, 0);
        l0 = l0.lanewise(VectorOperators.LSHR, shift).and(15).or(u0.and(48));
        FloatVector n0 = (FloatVector) l0.castShape(FLOATS, 0);
        IntVector l1 =
            (IntVector) ByteVector.fromArray(BYTES, stored, lower + 8).castShape(INTS, 0);
        l1 = l1.lanewise(VectorOperators.LSHR, shift).and(15).or(u1.and(48));
        FloatVector n1 = (FloatVector) l1.castShape(FLOATS, 0);
        float scale0 = scale * stored[scales] * activation;
        FloatVector before0 = FloatVector.fromArray(FLOATS, sums, w);
        before0.add(n0.sub(MIDDLE).mul(scale0)).intoArray(sums, w);
        FloatVector before1 = FloatVector.fromArray(FLOATS, sums, w + 8);
        before1.add(n1.sub(MIDDLE).mul(scale0)).intoArray(sums, w + 8);
        IntVector l2 =
            (IntVector) ByteVector.fromArray(BYTES, stored, lower + 16).castShape(INTS, 0);
        l2 = l2.lanewise(VectorOperators.LSHR, shift).and(15).or(u2.and(48));
        FloatVector n2 = (FloatVector) l2.castShape(FLOATS, 0);
        IntVector l3 =
            (IntVector) ByteVector.fromArray(BYTES, stored, lower + 24).castShape(INTS, 0);
        l3 = l3.lanewise(VectorOperators.LSHR, shift).and(15).or(u3.and(48));
        FloatVector n3 = (FloatVector) l3.castShape(FLOATS, 0);
        float scale1 = scale * stored[scales + 1] * activation;
        FloatVector before2 = FloatVector.fromArray(FLOATS, sums, w + 16);
        before2.add(n2.sub(MIDDLE).mul(scale1)).intoArray(sums, w + 16);
        FloatVector before3 = FloatVector.fromArray(FLOATS, sums, w + 24);
        before3.add(n3.sub(MIDDLE).mul(scale1)).intoArray(sums, w + 24);
        IntVector l4 =
            (IntVector) ByteVector.fromArray(BYTES, stored, lower + 32).castShape(INTS, 0);
        l4 =
            l4.lanewise(VectorOperators.LSHR, shift)
                .and(15)
                .or(u0.lanewise(VectorOperators.LSHR, 2).and(48));
        FloatVector n4 = (FloatVector) l4.castShape(FLOATS, 0);
        IntVector l5 =
            (IntVector) ByteVector.fromArray(BYTES, stored, lower + 40).castShape(INTS, 0);
        l5 =
            l5.lanewise(VectorOperators.LSHR, shift)
                .and(15)
                .or(u1.lanewise(VectorOperators.LSHR, 2).and(48));
        FloatVector n5 = (FloatVector) l5.castShape(FLOATS, 0);
        float scale2 = scale * stored[scales + 2] * activation;
        FloatVector before4 = FloatVector.fromArray(FLOATS, sums, w + 32);
        before4.add(n4.sub(MIDDLE).mul(scale2)).intoArray(sums, w + 32);
        FloatVector before5 = FloatVector.fromArray(FLOATS, sums, w + 40);
        before5.add(n5.sub(MIDDLE).mul(scale2)).intoArray(sums, w + 40);
        IntVector l6 =
            (IntVector) ByteVector.fromArray(BYTES, stored, lower + 48).castShape(INTS, 0);
        l6 =
            l6.lanewise(VectorOperators.LSHR, shift)
                .and(15)
                .or(u2.lanewise(VectorOperators.LSHR, 2).and(48));
        FloatVector n6 = (FloatVector) l6.castShape(FLOATS, 0);
        IntVector l7 =
            (IntVector) ByteVector.fromArray(BYTES, stored, lower + 56).castShape(INTS, 0);
        l7 =
            l7.lanewise(VectorOperators.LSHR, shift)
                .and(15)
                .or(u3.lanewise(VectorOperators.LSHR, 2).and(48));
        FloatVector n7 = (FloatVector) l7.castShape(FLOATS, 0);
        float scale3 = scale * stored[scales + 3] * activation;
        FloatVector before6 = FloatVector.fromArray(FLOATS, sums, w + 48);
        before6.add(n6.sub(MIDDLE).mul(scale3)).intoArray(sums, w + 48);
        FloatVector before7 = FloatVector.fromArray(FLOATS, sums, w + 56);
        before7.add(n7.sub(MIDDLE).mul(scale3)).intoArray(sums, w + 56);
        scales += 4;
      }
      block += SuperBlocks.Q6_BYTES;
    }
  }
}
