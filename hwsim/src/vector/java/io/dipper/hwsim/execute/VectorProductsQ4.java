package io.dipper.hwsim.execute;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Products with Q4_0 or Q4_1 weights on the Vector API, a block at a time. */
final class VectorProductsQ4 implements Products {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_128;

  /** Weights of a block: the lower halves of 16 bytes, then the upper halves. */
  private static final int WEIGHTS = 32;

  private final Blocks blocks;
  private final int numbersAt;
  private final byte least;

  /**
   * @param offset whether blocks have an offset beside their scale
   */
  VectorProductsQ4(boolean offset) {
    this.blocks = offset ? Blocks.Q4_1 : Blocks.Q4_0;
    this.numbersAt = offset ? 2 * Short.BYTES : Short.BYTES;
    this.least = (byte) (offset ? 0 : -8);
  }

  @Override
  public float dot(byte[] stored, int at, float[] activations, int weights) {
    FloatVector lanes = FloatVector.zero(FLOATS);
    for (int w = 0, place = at; w < weights; w += WEIGHTS, place += blocks.bytes()) {
      ByteVector low = low(stored, place);
      ByteVector high = high(stored, place);
      FloatVector a = values(activations, w);
      FloatVector b = values(activations, w + 8);
      FloatVector c = values(activations, w + 16);
      FloatVector d = values(activations, w + 24);
      FloatVector block =
          part(low, 0)
              .mul(a)
              .add(part(low, 1).mul(b))
              .add(part(high, 0).mul(c))
              .add(part(high, 1).mul(d));
      lanes = lanes.add(block.mul(blocks.scale(stored, place)));
      float offset = blocks.offset(stored, place);
      if (offset != 0) {
        lanes = lanes.add(a.add(b).add(c).add(d).mul(offset));
      }
    }
    float[] sums = new float[LANES];
    lanes.intoArray(sums, 0);
    return Products.total(sums);
  }

  @Override
  public void add(byte[] stored, int at, float activation, float[] sums, int weights) {
    for (int w = 0, place = at; w < weights; w += WEIGHTS, place += blocks.bytes()) {
      float scale = blocks.scale(stored, place) * activation;
      float offset = blocks.offset(stored, place) * activation;
      ByteVector low = low(stored, place);
      ByteVector high = high(stored, place);
      add(part(low, 0), scale, offset, sums, w);
      add(part(low, 1), scale, offset, sums, w + 8);
      add(part(high, 0), scale, offset, sums, w + 16);
      add(part(high, 1), scale, offset, sums, w + 24);
    }
  }

  private static void add(FloatVector numbers, float scale, float offset, float[] sums, int at) {
    values(sums, at).add(numbers.mul(scale).add(offset)).intoArray(sums, at);
  }

  private static FloatVector values(float[] values, int at) {
    return FloatVector.fromArray(FLOATS, values, at);
  }

  private ByteVector low(byte[] stored, int place) {
    return bytes(stored, place).and((byte) 15).add(least);
  }

  private ByteVector high(byte[] stored, int place) {
    return bytes(stored, place).lanewise(VectorOperators.LSHR, 4).and((byte) 15).add(least);
  }

  private ByteVector bytes(byte[] stored, int place) {
    return ByteVector.fromArray(BYTES, stored, place + numbersAt);
  }

  private static FloatVector part(ByteVector numbers, int part) {
    return (FloatVector) numbers.castShape(FLOATS, part);
  }
}
