package io.dipper.hwsim.execute.product;

import static io.dipper.hwsim.execute.product.VectorProductsFactory.BYTES;
import static io.dipper.hwsim.execute.product.VectorProductsFactory.FLOATS;
import static io.dipper.hwsim.execute.product.VectorProductsFactory.INTS;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;

/** Products with Q8_0 weights on the Vector API, a block at a time: its scale, then 32 bytes. */
final class VectorProductsQ8 implements Products {
  private static final int WEIGHTS = 32;
  private static final int NUMBERS_AT = Short.BYTES;
  private static final int BLOCK_BYTES = NUMBERS_AT + WEIGHTS;

  @Override
  public float dot(byte[] stored, int at, float[] activations, int weights) {
    FloatVector lanes = FloatVector.zero(FLOATS);
    for (int w = 0, place = at; w < weights; w += WEIGHTS, place += BLOCK_BYTES) {
      int numbers = place + NUMBERS_AT;
      FloatVector a =
          (FloatVector)
              ByteVector.fromArray(BYTES, stored, numbers).castShape(INTS, 0).castShape(FLOATS, 0);
      FloatVector b =
          (FloatVector)
              ByteVector.fromArray(BYTES, stored, numbers + 8)
                  .castShape(INTS, 0)
                  .castShape(FLOATS, 0);
      FloatVector c =
          (FloatVector)
              ByteVector.fromArray(BYTES, stored, numbers + 16)
                  .castShape(INTS, 0)
                  .castShape(FLOATS, 0);
      FloatVector d =
          (FloatVector)
              ByteVector.fromArray(BYTES, stored, numbers + 24)
                  .castShape(INTS, 0)
                  .castShape(FLOATS, 0);
      FloatVector block = a.mul(FloatVector.fromArray(FLOATS, activations, w));
      block = block.add(b.mul(FloatVector.fromArray(FLOATS, activations, w + 8)));
      block = block.add(c.mul(FloatVector.fromArray(FLOATS, activations, w + 16)));
      block = block.add(d.mul(FloatVector.fromArray(FLOATS, activations, w + 24)));
      lanes = lanes.add(block.mul(Blocks.half(stored, place)));
    }
    return VectorProductsFactory.total(lanes);
  }

  @Override
  public void add(byte[] stored, int at, float activation, float[] sums, int weights) {
    for (int w = 0, place = at; w < weights; w += WEIGHTS, place += BLOCK_BYTES) {
      float scale = Blocks.half(stored, place) * activation;
      int numbers = place + NUMBERS_AT;
      for (int i = 0; i < WEIGHTS; i += LANES) {
        FloatVector values =
            (FloatVector)
                ByteVector.fromArray(BYTES, stored, numbers + i)
                    .castShape(INTS, 0)
                    .castShape(FLOATS, 0);
        FloatVector before = FloatVector.fromArray(FLOATS, sums, w + i);
        before.add(values.mul(scale)).intoArray(sums, w + i);
      }
    }
  }
}
