package io.dipper.tracegen.format.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.files.MappedFile;
import io.dipper.testing.SharedData;
import io.dipper.tracegen.format.WeightTensor;
import io.dipper.tracegen.format.quant.TensorType;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every tensor type decodes to what the format's reference implementation reads. */
class TensorTypesTest {
  private static final GgufFile FILE =
      GgufFile.open(MappedFile.open(SharedData.testdata("golden/gguf-types/all-types.gguf")));

  static Stream<String> tensors() {
    return FILE.tensors().stream().map(GgufTensor::name);
  }

  @ParameterizedTest
  @MethodSource("tensors")
  void decode_equalsTheReference(String name) throws IOException {
    Map<String, float[]> golden =
        Npz.floats(SharedData.testdata("golden/gguf-types/all-types.npz"));
    WeightTensor tensor = FILE.tensor(name).orElseThrow();
    float[] expected = Objects.requireNonNull(golden.get(name));
    assertThat(expected).hasSize(tensor.rows() * tensor.columns());

    float[] decoded = new float[expected.length];
    tensor.decode(0, tensor.rows(), decoded, 0);

    for (int i = 0; i < expected.length; i++) {
      Offset<Float> tolerance = Offset.offset(1e-6f * Math.abs(expected[i]));
      assertThat(decoded[i]).as("%s[%d]", name, i).isCloseTo(expected[i], tolerance);
    }
  }

  @ParameterizedTest
  @EnumSource(TensorType.class)
  void everyType_isInTheGoldenFile(TensorType type) {
    assertThat(FILE.tensors())
        .anyMatch(tensor -> tensor.type().decoder().filter(type::equals).isPresent());
  }

  @Test
  void decode_ofSomeRows_isThatPartOfTheWhole() {
    WeightTensor tensor = FILE.tensor("q4_k").orElseThrow();
    float[] whole = new float[4 * 512];
    tensor.decode(0, 4, whole, 0);
    float[] part = new float[2 * 512 + 7];
    tensor.decode(1, 2, part, 7);
    assertThat(Arrays.copyOfRange(part, 7, part.length))
        .isEqualTo(Arrays.copyOfRange(whole, 512, 3 * 512));
  }
}
