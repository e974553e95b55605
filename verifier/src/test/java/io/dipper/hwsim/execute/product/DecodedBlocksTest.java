package io.dipper.hwsim.execute.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.tracegen.format.quant.TensorType;
import io.dipper.weight.WeightType;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What products take blocks to hold, beside what reads model files. */
class DecodedBlocksTest {
  private static final int WEIGHTS = 1024;
  private static final int AT = 5;

  private final Random random = new Random(11);

  @ParameterizedTest
  @EnumSource(names = {"F32", "F16", "Q8_0", "Q4_1", "Q4_0", "Q4_K", "Q6_K"})
  void products_areThoseOfDecodedWeights(WeightType type) {
    TensorType decoder = TensorType.valueOf(type.name());
    Blocks blocks = Blocks.of(type);
    byte[] stored = new byte[AT + (int) type.bytes(WEIGHTS)];
    random.nextBytes(stored);
    for (int at = AT; at < stored.length; at += blocks.bytes()) {
      blocks.tame(stored, at);
    }
    float[] weights = new float[WEIGHTS];
    decoder.decode(stored, AT, WEIGHTS / decoder.weightsPerBlock(), weights, 0);
    float[] activations = new float[WEIGHTS];
    double dot = 0;
    double size = 0;
    for (int i = 0; i < WEIGHTS; i++) {
      activations[i] = random.nextFloat() - 0.5f;
      dot += (double) weights[i] * activations[i];
      size += Math.abs(weights[i]);
    }
    float[] sums = activations.clone();
    Products products = Products.scalar(type);
    products.add(stored, AT, 0.75f, sums, WEIGHTS);
    for (int i = 0; i < WEIGHTS; i++) {
      assertThat((double) sums[i]).isCloseTo(activations[i] + 0.75 * weights[i], within(2e-6));
    }
    assertThat((double) products.dot(stored, AT, activations, WEIGHTS))
        .isCloseTo(dot, within(1e-6 * size));
  }

  /** All bits of scales and minima, as a file may have them. */
  @ParameterizedTest
  @EnumSource(names = {"Q4_K", "Q6_K"})
  void numbersScalesAndOffsets_areTheDecodersForAnyBits(WeightType type) {
    TensorType decoder = TensorType.valueOf(type.name());
    Blocks blocks = Blocks.of(type);
    byte[] stored = new byte[blocks.bytes()];
    float[] weights = new float[blocks.weights()];
    for (int round = 0; round < 100; round++) {
      random.nextBytes(stored);
      blocks.tame(stored, 0);
      decoder.decode(stored, 0, 1, weights, 0);
      for (int i = 0; i < weights.length; i++) {
        assertThat(
                blocks.scale(stored, 0, i) * blocks.number(stored, 0, i)
                    + blocks.offset(stored, 0, i))
            .isEqualTo(weights[i]);
      }
    }
  }
}
