package io.dipper.hwsim.execute.product;

import static io.dipper.hwsim.execute.product.VectorProductsFactory.BYTES;
import static io.dipper.hwsim.execute.product.VectorProductsFactory.FLOATS;
import static io.dipper.hwsim.execute.product.VectorProductsFactory.INTS;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Products with Q4_1 weights on the Vector API, a block at a time: its scale, its offset, then 16
 * bytes whose lower halves are its first weights.
 */
final class VectorProductsQ41 implements Products {
  private static final int WEIGHTS = 32;
  private static final int OFFSET_AT = Short.BYTES;
  private static final int NUMBERS_AT = 2 * Short.BYTES;
  private static final int BLOCK_BYTES = NUMBERS_AT + WEIGHTS / 2;

  @Override
  public float dot(byte[] stored, int at, float[] activations, int weights) {
    FloatVector lanes = FloatVector.zero(FLOATS);
    for (int w = 0, place = at; w < weights; w += WEIGHTS, place += BLOCK_BYTES) {
      int numbers = place + NUMBERS_AT;
      IntVector first = (IntVector) ByteVector.fromArray(BYTES, stored, numbers).castShape(INTS, 0);
      IntVector second =
          (IntVector) ByteVector.fromArray(BYTES, stored, numbers + LANES).castShape(INTS, 0);
      FloatVector a = (FloatVector) first.and(15).castShape(FLOATS, 0);
      FloatVector b = (FloatVector) second.and(15).castShape(FLOATS, 0);
      FloatVector c =
          (FloatVector) first.lanewise(VectorOperators.LSHR, 4).and(15).castShape(FLOATS, 0);
      FloatVector d =
          (FloatVector) second.lanewise(VectorOperators.LSHR, 4).and(15).castShape(FLOATS, 0);
      FloatVector e = FloatVector.fromArray(FLOATS, activations, w);
      FloatVector f = FloatVector.fromArray(FLOATS, activations, w + 8);
      FloatVector g = FloatVector.fromArray(FLOATS, activations, w + 16);
      FloatVector h = FloatVector.fromArray(FLOATS, activations, w + 24);
      FloatVector block = a.mul(e).add(b.mul(f)).add(c.mul(g)).add(d.mul(h));
      lanes = lanes.add(block.mul(Blocks.half(stored, place)));
      lanes = lanes.add(e.add(f).add(g).add(h).mul(Blocks.half(stored, place + OFFSET_AT)));
    }
    return VectorProductsFactory.total(lanes);
  }

  @Override
  public void add(byte[] stored, int at, float activation, float[] sums, int weights) {
    for (int w = 0, place = at; w < weights; w += WEIGHTS, place += BLOCK_BYTES) {
      float scale = Blocks.half(stored, place) * activation;
      float offset = Blocks.half(stored, place + OFFSET_AT) * activation;
      int numbers = place + NUMBERS_AT;
      IntVector first = (IntVector) ByteVector.fromArray(BYTES, stored, numbers).castShape(INTS, 0);
      IntVector second =
          (IntVector) ByteVector.fromArray(BYTES, stored, numbers + LANES).castShape(INTS, 0);
      FloatVector a = (FloatVector) first.and(15).castShape(FLOATS, 0);
      FloatVector b = (FloatVector) second.and(15).castShape(FLOATS, 0);
      FloatVector c =
          (FloatVector) first.lanewise(VectorOperators.LSHR, 4).and(15).castShape(FLOATS, 0);
      FloatVector d =
          (FloatVector) second.lanewise(VectorOperators.LSHR, 4).and(15).castShape(FLOATS, 0);
      FloatVector e = FloatVector.fromArray(FLOATS, sums, w);
      FloatVector f = FloatVector.fromArray(FLOATS, sums, w + 8);
      FloatVector g = FloatVector.fromArray(FLOATS, sums, w + 16);
      FloatVector h = FloatVector.fromArray(FLOATS, sums, w + 24);
      e.add(a.mul(scale).add(offset)).intoArray(sums, w);
      f.add(b.mul(scale).add(offset)).intoArray(sums, w + 8);
      g.add(c.mul(scale).add(offset)).intoArray(sums, w + 16);
      h.add(d.mul(scale).add(offset)).intoArray(sums, w + 24);
    }
  }
}
