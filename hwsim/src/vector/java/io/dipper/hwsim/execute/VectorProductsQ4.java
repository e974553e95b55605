package io.dipper.hwsim.execute;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Products with Q4_0 or Q4_1 weights on the Vector API, a block at a time. */
final class VectorProductsQ4 implements Products {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_64;

  /** Weights of a block: the lower halves of 16 bytes, then the upper halves. */
  private static final int WEIGHTS = 32;

  private final boolean offset;
  private final int numbersAt;
  private final int blockBytes;

  /**
   * @param offset whether blocks have an offset beside their scale
   */
  VectorProductsQ4(boolean offset) {
    this.offset = offset;
    this.numbersAt = offset ? 2 * Short.BYTES : Short.BYTES;
    this.blockBytes = numbersAt + WEIGHTS / 2;
  }

  @Override
  public float dot(byte[] stored, int at, float[] activations, int weights) {
    FloatVector lanes = FloatVector.zero(FLOATS);
    for (int w = 0, place = at; w < weights; w += WEIGHTS, place += blockBytes) {
      IntVector first = ints(stored, place + numbersAt);
      IntVector second = ints(stored, place + numbersAt + BYTES.length());
      FloatVector a = values(activations, w);
      FloatVector b = values(activations, w + 8);
      FloatVector c = values(activations, w + 16);
      FloatVector d = values(activations, w + 24);
      FloatVector block =
          low(first)
              .mul(a)
              .add(low(second).mul(b))
              .add(high(first).mul(c))
              .add(high(second).mul(d));
      lanes = lanes.add(block.mul(Blocks.half(stored, place)));
      if (offset) {
        float least = Blocks.half(stored, place + Short.BYTES);
        lanes = lanes.add(a.add(b).add(c).add(d).mul(least));
      }
    }
    return VectorProductsFactory.total(lanes);
  }

  @Override
  public void add(byte[] stored, int at, float activation, float[] sums, int weights) {
    for (int w = 0, place = at; w < weights; w += WEIGHTS, place += blockBytes) {
      float scale = Blocks.half(stored, place) * activation;
      float least = offset ? Blocks.half(stored, place + Short.BYTES) * activation : 0;
      IntVector first = ints(stored, place + numbersAt);
      IntVector second = ints(stored, place + numbersAt + BYTES.length());
      add(low(first), scale, least, sums, w);
      add(low(second), scale, least, sums, w + 8);
      add(high(first), scale, least, sums, w + 16);
      add(high(second), scale, least, sums, w + 24);
    }
  }

  private static void add(FloatVector numbers, float scale, float least, float[] sums, int at) {
    values(sums, at).add(numbers.mul(scale).add(least)).intoArray(sums, at);
  }

  private static FloatVector values(float[] values, int at) {
    return FloatVector.fromArray(FLOATS, values, at);
  }

  /** Eight bytes. Only whole vectors are converted: parts of a longer one are slow. */
  private static IntVector ints(byte[] stored, int at) {
    return (IntVector) ByteVector.fromArray(BYTES, stored, at).castShape(INTS, 0);
  }

  private FloatVector low(IntVector bytes) {
    return numbers(bytes.and(15));
  }

  private FloatVector high(IntVector bytes) {
    return numbers(bytes.lanewise(VectorOperators.LSHR, 4).and(15));
  }

  private FloatVector numbers(IntVector halves) {
    FloatVector numbers = (FloatVector) halves.castShape(FLOATS, 0);
    return offset ? numbers : numbers.sub(8);
  }
}
