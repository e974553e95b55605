package io.dipper.hwsim.replay.select;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Widening, against the definition of binary16. */
class HalfTest {
  @Test
  void everyFiniteValue_isWidenedExactly() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      int exponent = bits >>> 10 & 0x1f;
      if (exponent == 0x1f) {
        continue;
      }
      int fraction = bits & 0x3ff;
      double magnitude =
          exponent == 0 ? fraction * 0x1p-24 : (0x400 + fraction) * Math.scalb(1.0, exponent - 25);
      float expected = (float) ((bits & 0x8000) == 0 ? magnitude : -magnitude);
      assertThat(Float.floatToRawIntBits(Half.toFloat((short) bits)))
          .as("bits %04x", bits)
          .isEqualTo(Float.floatToRawIntBits(expected));
    }
  }
}
