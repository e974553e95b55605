package io.dipper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.profile.model.WeightType;
import io.dipper.tracegen.format.quant.TensorType;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is simulated without a file, and what is read from one, are the same types. */
class WeightTypesTest {
  @ParameterizedTest
  @EnumSource(TensorType.class)
  void aType_hasTheBlocksOfTheFilesThatAreRead(TensorType type) {
    WeightType simulated = WeightType.valueOf(type.name());
    assertThat(simulated.blockWeights()).isEqualTo(type.weightsPerBlock());
    assertThat(simulated.blockBytes()).isEqualTo(type.bytesPerBlock());
  }

  @Test
  void noTypeIsMissingOnEitherSide() {
    assertThat(Arrays.stream(WeightType.values()).map(Enum::name))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(TensorType.values()).map(Enum::name).toList());
  }
}
