package io.dipper.trace;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.proto.ModelShape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestShapeTest {
  @ParameterizedTest
  @CsvSource({"65536, 65536, 65536", "-1, -1, -1", "4, 2, -8"})
  void countsOfExpertsThatGiveNoWidth_areRefused(int experts, int perToken, int units) {
    ModelShape shape = shape(experts, perToken, units);
    assertThatThrownBy(() -> ManifestShape.check(shape, List.of(Site.EXPERT_GLU)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("experts, expertsPerToken and expertIntermediateSize are counts");
  }

  @Test
  void expertsOfAModel_areAccepted() {
    assertThatCode(() -> ManifestShape.check(shape(128, 8, 768), List.of(Site.EXPERT_GLU)))
        .doesNotThrowAnyException();
  }

  private static ModelShape shape(int experts, int perToken, int units) {
    return ModelShape.newBuilder()
        .setLayers(1)
        .addRouted(true)
        .setExperts(experts)
        .setExpertsPerToken(perToken)
        .setExpertIntermediateSize(units)
        .build();
  }
}
