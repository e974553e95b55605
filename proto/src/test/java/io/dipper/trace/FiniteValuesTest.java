package io.dipper.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FiniteValuesTest {
  @Test
  void firstNotFinite_equalsLookingAtEveryValue_forEveryBitPatternAndPlace() {
    for (int half = 0; half < 1 << 16; half += 7) {
      for (int place : new int[] {0, 1, 2, 3, 4, 8, 9, 10}) {
        ByteBuffer bytes = values(11);
        bytes.putShort(8 + 2 * place, (short) half);
        int expected = (half & 0x7C00) == 0x7C00 ? place : -1;
        assertThat(FiniteValues.firstNotFinite(bytes, 8, 11)).isEqualTo(expected);
      }
    }
  }

  @Test
  void firstNotFinite_findsTheFirstOfMany_inALongColumn() {
    ByteBuffer bytes = values(20_003);
    for (int place : new int[] {20_002, 20_001, 13_000, 8_191, 8_190, 4_096, 4_095, 17, 0}) {
      bytes.putShort(8 + 2 * place, (short) 0xFC00);
      assertThat(FiniteValues.firstNotFinite(bytes, 8, 20_003)).isEqualTo(place);
    }
    assertThat(FiniteValues.firstNotFinite(bytes, 8, 0)).isEqualTo(-1);
  }

  @Test
  void checksum_isCastagnolis() {
    // The check value of CRC-32C (RFC 3720, iSCSI) over the nine ASCII digits.
    byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
    assertThat(BatchCheck.crc32c(ByteBuffer.wrap(digits))).isEqualTo(0xE3069283);
  }

  /** The largest finite values of both signs, after eight bytes of something else. */
  private static ByteBuffer values(int n) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + 2 * n).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(0, -1L);
    for (int i = 0; i < n; i++) {
      bytes.putShort(8 + 2 * i, (short) (i % 2 == 0 ? 0x7BFF : 0xFBFF));
    }
    return bytes;
  }
}
