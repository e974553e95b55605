package io.dipper.hwsim.profile.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dipper.error.UserException;
import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to get a profile wrong that we could think of, with the line that a user reads. */
class BrokenProfilesTest {
  private static final Path FOLDER =
      SharedData.root().resolve("hwsim/src/test/resources/broken-profiles");

  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void aBrokenProfile_isAnsweredInOneLine(String name) throws IOException {
    UserException error =
        catchThrowableOfType(
            UserException.class, () -> HardwareProfiles.validate(FOLDER.resolve(name).toString()));

    assertThat(error).as("an error in %s", name).isNotNull();
    String expected = Files.readString(FOLDER.resolve(name.replace(".yaml", ".txt")));
    assertThat(String.valueOf(error.getMessage()).replace(FOLDER + "/", "") + "\n")
        .isEqualTo(expected);
  }

  @Test
  void theCorpus_isLarge() throws IOException {
    assertThat(names()).hasSizeGreaterThanOrEqualTo(60);
  }
}
