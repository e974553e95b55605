package io.dipper.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.apache.arrow.memory.util.Float16;
import org.junit.jupiter.api.Test;

/** The oracle: Arrow's table of all 65536 values, and the definition of the nearest of them. */
class Fp16Test {
  @Test
  void decode_equalsArrows_forEveryBitPattern() {
    short[] all = allBits();
    float[] bulk = new float[all.length];
    Fp16.decode(all, 0, bulk, 0, all.length);
    for (int i = 0; i < all.length; i++) {
      Float expected = Float16.toFloat(all[i]); // boxed: NaN equals NaN
      assertThat(Fp16.decode(all[i])).isEqualTo(expected);
      assertThat(bulk[i]).isEqualTo(expected);
    }
  }

  @Test
  void encode_roundsToTheNearestTiesToEven_onBothSidesOfEveryMidpoint() {
    for (int half = 0; half < Fp16.FINITE_MAGNITUDES - 1; half++) {
      float low = Float16.toFloat((short) half);
      float high = Float16.toFloat((short) (half + 1));
      float middle = low + (high - low) / 2; // exact: fp32 has bits to spare
      int even = half + (half & 1);
      assertBoth(low, half);
      assertBoth(Math.nextDown(middle), half);
      assertBoth(middle, even);
      assertBoth(Math.nextUp(middle), half + 1);
    }
  }

  @Test
  void encode_saturatesBeyondTheLargestValue_andCountsIt() {
    assertBoth(65504f, 0x7BFF);
    float[] in = {
      65504f, Math.nextUp(65504f), 65519f, 65520f, 1e38f, Float.POSITIVE_INFINITY, -7e4f
    };
    short[] out = new short[in.length];
    assertThat(Fp16.encode(in, 0, out, 0, in.length)).isEqualTo(6);
    for (int i = 0; i < in.length; i++) {
      assertThat(out[i]).isEqualTo((short) (in[i] < 0 ? 0xFBFF : 0x7BFF));
      assertThat(Fp16.encode(in[i])).isEqualTo(out[i]);
    }
  }

  @Test
  void encode_keepsNotANumber() {
    float[] in = {Float.NaN, 1e6f, Float.intBitsToFloat(0x7F80_0001), -Float.NaN};
    short[] out = new short[in.length];
    assertThat(Fp16.encode(in, 0, out, 0, in.length)).isEqualTo(1);
    for (int i : new int[] {0, 2, 3}) {
      assertThat(Fp16.decode(out[i])).isNaN();
      assertThat(Fp16.decode(Fp16.encode(in[i]))).isNaN();
    }
    assertThat(out[1]).isEqualTo((short) 0x7BFF);
  }

  @Test
  void magnitudes_orderLikeAbsoluteValues() {
    for (int half = 0; half < Fp16.FINITE_MAGNITUDES - 1; half++) {
      assertThat(Fp16.decode((short) (half | 0x8000)))
          .isGreaterThan(Fp16.decode((short) (half + 1 | 0x8000)));
    }
  }

  @Test
  void bulk_equalsOneByOne_atAnyOffset() {
    Random random = new Random(7);
    float[] in = new float[1000];
    for (int i = 0; i < in.length; i++) {
      in[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(16) - 10));
    }
    short[] out = new short[1200];
    Fp16.encode(in, 13, out, 101, 900);
    for (int i = 0; i < 900; i++) {
      assertThat(out[101 + i]).isEqualTo(Fp16.encode(in[13 + i]));
    }
    assertThat(out[100]).isZero();
    assertThat(out[1001]).isZero();
  }

  private static void assertBoth(float value, int half) {
    assertThat(Fp16.encode(value)).as("%s", value).isEqualTo((short) half);
    assertThat(Fp16.encode(-value)).as("%s", -value).isEqualTo((short) (half | 0x8000));
    short[] out = new short[1];
    Fp16.encode(new float[] {-value}, 0, out, 0, 1);
    assertThat(out[0]).as("bulk %s", -value).isEqualTo((short) (half | 0x8000));
  }

  private static short[] allBits() {
    short[] all = new short[1 << 16];
    for (int i = 0; i < all.length; i++) {
      all[i] = (short) i;
    }
    return all;
  }
}
