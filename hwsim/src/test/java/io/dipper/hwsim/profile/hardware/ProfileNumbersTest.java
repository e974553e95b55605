package io.dipper.hwsim.profile.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Provenance;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProfileNumbersTest {
  /** A section of a profile's text that has nothing but the fields of a quantity. */
  private static final Pattern QUANTITY =
      Pattern.compile("\\{\\s*((value|provenance|source): [^\\n]*\\s*|range \\{[^}]*}\\s*)*}");

  @Test
  void aCoresSubmission_isANumber_andATableIsOne() {
    HardwareProfile phone = HardwareProfiles.resolve("snapdragon-8-gen-3").profile();
    assertThat(ProfileNumbers.of(phone))
        .anySatisfy(
            number -> {
              assertThat(number.name()).isEqualTo("flash.cores[1].submission");
              assertThat(number.text()).isEqualTo("5.4 us");
              assertThat(number.provenance()).isEqualTo(Provenance.DERIVED);
              assertThat(number.source()).contains("little core");
            });
    HardwareProfile measured = HardwareProfiles.resolve("oneplus-15r").profile();
    assertThat(ProfileNumbers.of(measured).stream().map(ProfileNumber::name))
        .containsOnlyOnce("flash.table");
  }

  @ParameterizedTest
  @MethodSource("io.dipper.hwsim.profile.hardware.HardwareProfilesTest#builtIn")
  void everyQuantityOfAProfile_isFound(String name) {
    HardwareProfile profile = HardwareProfiles.resolve(name).profile();
    long quantities = QUANTITY.matcher(profile.toString()).results().count();
    long found =
        ProfileNumbers.of(profile).stream()
            .filter(ProfileNumber.OfQuantity.class::isInstance)
            .count();
    assertThat(found).isEqualTo(quantities);
  }
}
