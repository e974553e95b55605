package io.dipper.tracegen.format.quant;

import io.dipper.trace.Fp16;
import io.dipper.weight.WeightType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** IEEE binary16. */
final class F16 implements WeightFormat, BlockEncoder {
  @Override
  public WeightType type() {
    return WeightType.F16;
  }

  @Override
  public void decode(byte[] in, int offset, int count, float[] out, int outOffset) {
    short[] halves = new short[count];
    ByteBuffer.wrap(in, offset, Short.BYTES * count)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asShortBuffer()
        .get(halves);
    Fp16.decode(halves, 0, out, outOffset, count);
  }

  @Override
  public void encodeBlock(float[] in, int from, byte[] out, int to) {
    LittleEndian.putFloat16(out, to, in[from]);
  }
}
