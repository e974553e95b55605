package io.dipper.hwsim.profile.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.config.YamlDocument;
import io.dipper.error.UserException;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.proto.PointConfig;
import io.dipper.proto.WeightBits;
import io.dipper.weight.WeightType;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantisationsTest {
  @ParameterizedTest
  @CsvSource({
    "f32, 32",
    "f16, 16",
    "bf16, 16",
    "q8_0, 8.5",
    "q4_0, 4.5",
    "q4_1, 5",
    "q5_0, 5.5",
    "q5_1, 6",
    "q2_k, 2.625",
    "q3_k, 3.4375",
    "q4_k, 4.5",
    "q5_k, 5.5",
    "q6_k, 6.5625",
    "iq4_nl, 4.5",
    "iq4_xs, 4.25"
  })
  void aType_hasTheBitsOfItsBlocks(String name, double bits) {
    WeightBits found = Quantisations.find(name).bits(ModelShapes.find("llama-2-7b").shape(), false);
    assertThat(found.getMlp()).isEqualTo(bits);
    assertThat(found.getAttention()).isEqualTo(bits);
    assertThat(found.getEmbedding()).isEqualTo(bits);
    assertThat(found.getHead()).isEqualTo(bits >= 8 ? bits : 6.5625);
    assertThat(found.getKvCache()).isEqualTo(16);
  }

  /** Sizes of published files in GB; metadata, norms and the vocabulary are up to 1 per cent. */
  @ParameterizedTest
  @CsvSource({
    "llama-2-7b, q4_0, 3.83",
    "llama-2-7b, q8_0, 7.16",
    "llama-2-7b, f16, 13.48",
    "llama-2-7b, q3_k_m, 3.30",
    "llama-2-7b, q4_k_s, 3.86",
    "llama-2-7b, q4_k_m, 4.08",
    "llama-2-7b, q5_k, 4.65",
    "llama-2-7b, q5_k_m, 4.78",
    "llama-2-7b, q6_k, 5.53",
    "llama-2-13b, q4_0, 7.37",
    "llama-2-13b, q4_k_m, 7.87",
    "llama-2-13b, q6_k, 10.68",
    "llama-3-8b, q4_0, 4.66",
    "llama-3-8b, q4_k_m, 4.92",
    "llama-3-8b, q8_0, 8.54",
    "smollm2-135m, q4_k_m, 0.105",
  })
  void aModel_isAsLargeAsItsFile(String shape, String quant, double gigabytes) {
    // Small models carry a vocabulary of some megabytes.
    double share = shape.equals("smollm2-135m") ? 2.5 : 1;
    assertThat(bytes(ModelShapes.find(shape), Quantisations.find(quant)) / 1e9)
        .isCloseTo(gigabytes, Percentage.withPercentage(share));
  }

  /** Bits per weight of whole models, as llama.cpp lists them. */
  @ParameterizedTest
  @CsvSource({
    "llama-2-7b, q3_k, 3.50", "llama-2-7b, q3_k_m, 3.91", "llama-2-7b, q4_k_s, 4.58",
    "llama-2-7b, q4_k_m, 4.84", "llama-2-7b, q5_k, 5.52", "llama-2-7b, q5_k_m, 5.68",
    "llama-2-7b, q6_k, 6.56", "llama-2-13b, q4_k_s, 4.56", "llama-2-13b, q4_k_m, 4.83",
    "llama-2-13b, q5_k_m, 5.67"
  })
  void aMixture_hasThePublishedBitsPerWeight(String shape, String quant, double bits) {
    NamedShape model = ModelShapes.find(shape);
    double bytes = bytes(model, Quantisations.find(quant));
    assertThat(8 * bytes / model.parameters()).isCloseTo(bits, within(0.02));
  }

  /** The first two of Q4_K_M are what a phone read per expert of such a file. */
  @ParameterizedTest
  @CsvSource({
    "qwen3-30b-a3b, q4_k_m, 2654208, 3059712",
    "qwen3-30b-a3b, q8_0, 5013504, 5013504",
    "mixtral-8x7b, q4_k, 99090432, 99090432",
    "olmoe-7b, f16, 12582912, 12582912",
    "gpt-oss-20b, mxfp4_moe, 13219200, 13219200",
    "deepseek-v2-lite, q4_k_m, 5226496, 6307840",
    "bookworm-moe, q8_0, 78336, 78336"
  })
  void anExpert_takesTheBytesOfItsThreeMatrices(String shape, String quant, long least, long most) {
    List<Long> bytes = Quantisations.find(quant).expertBytes(ModelShapes.find(shape).shape());
    assertThat(bytes.get(0)).isEqualTo(least);
    assertThat(bytes.get(bytes.size() - 1)).isEqualTo(most);
  }

  @Test
  void theBytesOfAPoint_areThoseOfTheShape_lessTheEmbedding() {
    for (NamedShape model : ModelShapes.all()) {
      if (model.shape().getExperts() > 0) {
        continue; // a point of these has other parts
      }
      WeightBits bits = Quantisations.find("q4_0").bits(model.shape(), model.tied());
      PointConfig point = PointConfig.newBuilder().setModel(model.shape()).setBits(bits).build();
      ModelBytes bytes = ModelBytes.of(point);
      double embedding = model.tied() ? 0 : bytes.embedding();
      assertThat(bytes.total(0) + embedding).isCloseTo(model.bytes(bits), within(1.0));
    }
  }

  @Test
  void rowsThatAreNoWholeBlocks_areStoredInAnotherType() {
    assertThat(WeightType.Q4_K.forRows(576)).isEqualTo(WeightType.Q5_0);
    assertThat(WeightType.Q4_K.forRows(1536)).isEqualTo(WeightType.Q4_K);
    assertThat(WeightType.Q6_K.forRows(896)).isEqualTo(WeightType.Q8_0);
    assertThat(WeightType.Q3_K.forRows(960)).isEqualTo(WeightType.IQ4_NL);
    assertThat(WeightType.Q4_0.forRows(48)).isEqualTo(WeightType.F16);
    WeightBits bits =
        Quantisations.find("q4_k").bits(ModelShapes.find("smollm2-135m").shape(), true);
    // Up and gate have rows of 576 weights, down of 1536.
    assertThat(bits.getMlp()).isEqualTo((2 * 5.5 + 4.5) / 3);
    assertThat(bits.getEmbedding()).isEqualTo(bits.getHead()).isEqualTo(8.5);
  }

  @Test
  void aQuantisation_isFoundInAnyCase() {
    assertThat(Quantisations.find("Q4_K_M")).isEqualTo(Quantisations.find("q4_k_m"));
  }

  @Test
  void anUnknownQuantisation_getsTheNearestName() {
    assertThatThrownBy(() -> Quantisations.find("q4_k_mm"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "unknown quantisation 'q4_k_mm'; did you mean 'q4_k_m'? (dipper models quants)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x: {about: a, weights: q4_2}               | unknown type 'q4_2'; did you mean 'q4_0'?
          x: {about: a, weights: q4_0, hed: q6_k}    | unknown key 'hed'; did you mean 'head'?
          x: {about: a, weights: {q4_k: 0.5, q6_k: 0.4}} | the shares add up to 0.9; they must add up to 1
          x: {about: a, head: q6_k}                  | the key 'weights' is missing
          x: {weights: q6_k}                         | the key 'about' is missing
          """)
  void theFile_isReadStrictly(String yaml, String message) {
    assertThatThrownBy(
            () -> Quantisations.read(YamlDocument.parse("quants.yaml", yaml).asMapping("quants")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  private static double bytes(NamedShape model, Quantisation quantisation) {
    return model.bytes(quantisation.bits(model.shape(), model.tied()));
  }
}
