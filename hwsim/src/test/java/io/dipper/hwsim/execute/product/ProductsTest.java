package io.dipper.hwsim.execute.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Products beside sums in float64, and the two implementations beside each other. */
class ProductsTest {
  private static final int WEIGHTS = 768;
  private static final int AT = 3;

  private final Random random = new Random(5);
  private final float[] activations = new float[WEIGHTS];

  ProductsTest() {
    for (int i = 0; i < WEIGHTS; i++) {
      activations[i] = random.nextFloat() - 0.5f;
    }
  }

  private byte[] stored(Blocks blocks) {
    byte[] stored = new byte[AT + WEIGHTS / blocks.weights() * blocks.bytes()];
    random.nextBytes(stored);
    for (int at = AT; at < stored.length; at += blocks.bytes()) {
      blocks.tame(stored, at);
    }
    return stored;
  }

  private static double weight(Blocks blocks, byte[] stored, int index) {
    int at = AT + index / blocks.weights() * blocks.bytes();
    int own = index % blocks.weights();
    double number = blocks.number(stored, at, own);
    return blocks.scale(stored, at, own) * number + blocks.offset(stored, at, own);
  }

  @ParameterizedTest
  @EnumSource
  void products_areThoseOfTheWeightsOneByOne(Blocks blocks) {
    byte[] stored = stored(blocks);
    Products products = Products.scalar(blocks.type());
    float[] sums = activations.clone();
    products.add(stored, AT, 0.75f, sums, WEIGHTS);
    double dot = 0;
    double size = 0;
    for (int i = 0; i < WEIGHTS; i++) {
      double weight = weight(blocks, stored, i);
      dot += weight * activations[i];
      size += Math.abs(weight);
      assertThat((double) sums[i]).isCloseTo(activations[i] + 0.75 * weight, within(1e-5));
    }
    assertThat(size / WEIGHTS).isBetween(0.01, 10.0);
    assertThat((double) products.dot(stored, AT, activations, WEIGHTS))
        .isCloseTo(dot, within(1e-5 * size));
  }

  @ParameterizedTest
  @CsvSource({
    "4.5, q4_0, Q4_0",
    "4.5, q4_k, Q4_K",
    "4.5, '', Q4_0",
    "4.6, q4_k, Q4_K",
    "4.6, q5_k, Q4_0",
    "6.5625, '', Q6_K",
    "5, q4_k, Q4_1",
    "8.5, q4_k, Q8_0",
    "7.8, '', Q8_0"
  })
  void blocks_areThoseOfTheBits_andOfTwoThoseThatAreNamed(
      double bits, String named, Blocks nearest) {
    assertThat(Blocks.nearest(bits, List.of(named))).isEqualTo(nearest);
    boolean exact = nearest.type().bits() == bits;
    assertThat(Blocks.of(bits, List.of(named))).isEqualTo(Optional.of(nearest).filter(b -> exact));
  }

  @ParameterizedTest
  @EnumSource
  void vectors_giveTheSameBits(Blocks blocks) {
    Products scalar = Products.scalar(blocks.type());
    Products vector = new VectorProductsFactory().of(blocks.type());
    for (int round = 0; round < 20; round++) {
      byte[] stored = stored(blocks);
      float[] one = activations.clone();
      float[] other = activations.clone();
      scalar.add(stored, AT, 1.5f, one, WEIGHTS);
      vector.add(stored, AT, 1.5f, other, WEIGHTS);
      assertThat(other).containsExactly(one);
      assertThat(vector.dot(stored, AT, activations, WEIGHTS))
          .isEqualTo(scalar.dot(stored, AT, activations, WEIGHTS));
    }
  }
}
