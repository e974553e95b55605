package io.dipper.hwsim.replay.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.hwsim.replay.select.Scores;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.trace.Fp16;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The loops of retained energy: scalar and on the Vector API the same bits. */
class EnergySumsTest {
  private static final List<EnergySums> ALL =
      List.of(new ScalarEnergySums(), new VectorEnergySums());

  @Provide
  Arbitrary<Integer> sizes() {
    return Arbitraries.oneOf(List.of(Scores.sizes(), Arbitraries.of(704, 1536)));
  }

  @Property
  void sums_areTheSameBits_andNearThePlainSum(
      @ForAll("sizes") int n, @ForAll long seed, @ForAll boolean subnormal) {
    Random random = new Random(seed);
    short[] keys = new short[n];
    float[] norms = new float[n];
    UnitSet set = new UnitSet(n);
    for (int i = 0; i < n; i++) {
      keys[i] = (short) random.nextInt(subnormal ? 1 << 11 : 0x7c00);
      norms[i] = random.nextFloat() * 4;
      if (random.nextInt(3) > 0) {
        set.add(i);
      }
    }
    float[] energies = new float[n];
    double plain = 0;
    for (int i = 0; i < n; i++) {
      float value = Fp16.decode(keys[i]);
      energies[i] = value * value * norms[i];
      plain += set.contains(i) ? energies[i] : 0;
    }
    double scalar = new ScalarEnergySums().sum(energies, set.words());
    assertThat(scalar).isCloseTo(plain, within(1e-12 * plain));
    for (EnergySums sums : ALL) {
      float[] own = new float[n];
      double total = sums.energies(keys, norms, own);
      assertThat(own).isEqualTo(energies);
      UnitSet all = new UnitSet(n);
      all.fill();
      assertThat(total).isEqualTo(new ScalarEnergySums().sum(energies, all.words()));
      assertThat(sums.sum(own, set.words())).isEqualTo(scalar);
    }
  }

  @Test
  void everyMagnitude_isWidenedExactly() {
    int all = 0x7c00;
    short[] keys = new short[all];
    float[] ones = new float[all];
    float[] squares = new float[all];
    for (int key = 0; key < all; key++) {
      keys[key] = (short) key;
      ones[key] = 1;
      squares[key] = Fp16.decode((short) key) * Fp16.decode((short) key);
    }
    for (EnergySums sums : ALL) {
      float[] energies = new float[all];
      sums.energies(keys, ones, energies);
      assertThat(energies).isEqualTo(squares);
    }
  }

  @Test
  void sixteenSums_areAddedInATree() {
    float[] energies = new float[16];
    energies[0] = 0x1p30f;
    energies[1] = 0x1p-23f;
    energies[15] = 0x1p-23f;
    for (EnergySums sums : ALL) {
      assertThat(sums.sum(energies, new long[] {0xffff})).isEqualTo(0x1p30 + 0x1p-22);
    }
  }
}
