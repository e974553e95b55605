package io.dipper.hwsim.execute.product;

import static io.dipper.hwsim.execute.product.VectorProductsFactory.BYTES;
import static io.dipper.hwsim.execute.product.VectorProductsFactory.FLOATS;
import static io.dipper.hwsim.execute.product.VectorProductsFactory.INTS;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Products with Q4_0 weights on the Vector API, a block at a time: its scale, then 16 bytes whose
 * lower halves are its first weights.
 */
final class VectorProductsQ40 implements Products {
  private static final int WEIGHTS = 32;

  /** A weight is its number less this, times the scale. */
  private static final float MIDDLE = 8;

  private static final int NUMBERS_AT = Short.BYTES;
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
      FloatVector block = a.sub(MIDDLE).mul(FloatVector.fromArray(FLOATS, activations, w));
      block = block.add(b.sub(MIDDLE).mul(FloatVector.fromArray(FLOATS, activations, w + 8)));
      block = block.add(c.sub(MIDDLE).mul(FloatVector.fromArray(FLOATS, activations, w + 16)));
      block = block.add(d.sub(MIDDLE).mul(FloatVector.fromArray(FLOATS, activations, w + 24)));
      lanes = lanes.add(block.mul(Blocks.half(stored, place)));
    }
    return VectorProductsFactory.total(lanes);
  }

  @Override
  public void add(byte[] stored, int at, float activation, float[] sums, int weights) {
    for (int w = 0, place = at; w < weights; w += WEIGHTS, place += BLOCK_BYTES) {
      float scale = Blocks.half(stored, place) * activation;
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
      e.add(a.sub(MIDDLE).mul(scale)).intoArray(sums, w);
      f.add(b.sub(MIDDLE).mul(scale)).intoArray(sums, w + 8);
      g.add(c.sub(MIDDLE).mul(scale)).intoArray(sums, w + 16);
      h.add(d.sub(MIDDLE).mul(scale)).intoArray(sums, w + 24);
    }
  }
}
