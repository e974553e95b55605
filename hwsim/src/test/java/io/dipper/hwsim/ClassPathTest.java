package io.dipper.hwsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulator must stay light: nothing brings the model runtime, not even indirectly. */
class ClassPathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.nd4j.linalg.factory.Nd4j",
        "org.bytedeco.javacpp.Pointer",
        "io.dipper.tracegen.format.ModelFile"
      })
  void hwsim_neverReachesTheModelRuntime(String className) {
    assertThatThrownBy(() -> Class.forName(className)).isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void classPath_holdsNoJarOfTheModelRuntime() {
    assertThat(System.getProperty("java.class.path").split(File.pathSeparator))
        .noneMatch(entry -> entry.contains("nd4j") || entry.contains("javacpp"));
  }
}
