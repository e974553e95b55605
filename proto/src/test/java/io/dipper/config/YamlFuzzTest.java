package io.dipper.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.proto.HardwareProfile;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever a file holds, it is read or answered in one line with its place. */
class YamlFuzzTest {
  private static final List<String> PIECES =
      List.of(
          "flash",
          "dram",
          "max_bandwidth",
          "latency",
          "overlap",
          "value",
          "from",
          "source",
          ":",
          ": ",
          "\n",
          "\n  ",
          "\n    ",
          "- ",
          "{",
          "}",
          "[",
          "]",
          ", ",
          "? ",
          "| ",
          "> ",
          "'",
          "\"",
          "60 GB/s",
          "75 us",
          "none",
          "measured",
          "1e309",
          "-1",
          "~",
          "&a ",
          "*a",
          "!!str ",
          "# ",
          "---\n",
          "...\n",
          "%YAML 1.2\n",
          "\"a\\nb\"",
          "max_bandwidth: |\n      ",
          "%TAG ! x\n",
          "\t",
          "\r\n",
          "<<",
          "\\x41",
          "\u00e9",
          "@");

  @Provide
  Arbitrary<byte[]> bytes() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(60);
  }

  @Provide
  Arbitrary<String> yaml() {
    return Arbitraries.of(PIECES).list().ofMaxSize(30).map(pieces -> String.join("", pieces));
  }

  @Property(tries = 5000)
  void anyBytes_areReadOrAnswered(@ForAll("bytes") byte[] bytes) {
    answered(() -> YamlDocument.parse("f", bytes));
  }

  @Property(tries = 20000)
  void anyPiecesOfAProfile_areReadOrAnswered(@ForAll("yaml") String text) {
    answered(
        () ->
            new MessageReader()
                .read(
                    YamlDocument.parse("f", text).asMapping("a mapping"),
                    HardwareProfile.newBuilder()));
  }

  @Test
  void aFaultThatTheParserGivesNoPlace_isToldWhereTheLastPieceBegan() {
    assertThatThrownBy(() -> YamlDocument.parse("f", "? ? '...\n\t':| ...\nflash"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("f:1:5: not valid YAML after this: ");
  }

  private static void answered(Runnable read) {
    try {
      read.run();
    } catch (UserException e) {
      assertThat(e.getMessage()).matches("f:\\d+:\\d+: [^\\p{Cntrl}]+");
    }
  }
}
