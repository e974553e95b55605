package io.dipper.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class YamlDocumentTest {
  @Test
  void values_keepTheirTextOrderAndPlace() {
    YamlMapping root = map("a: 1\nlist: [40%, '3.5 GB']\nmap:\n  key: true\n");

    assertThat(root.keys()).containsExactly("a", "list", "map");
    assertThat(root.require("a").asScalar("a number").asLong("a number")).isEqualTo(1);
    List<YamlNode> items = root.require("list").asSequence("a list").items();
    assertThat(items.get(1)).isEqualTo(new YamlScalar(new Location("f", 2, 13), "3.5 GB", false));
    assertThat(root.keyAt("map")).isEqualTo(new Location("f", 3, 1));
    YamlNode key = root.require("map").asMapping("a mapping").require("key");
    assertThat(key.asScalar("a flag").asBoolean()).isTrue();
  }

  @Test
  void aDuplicateKey_namesTheFirst() {
    assertError("a: 1\nb: 2\na: 3\n", "f:3:1: the key 'a' is already at line 1; keep one of them");
  }

  @Test
  void anUnknownKey_namesTheNearest() {
    YamlMapping root = map("polcy: 1\n");
    assertThatThrownBy(() -> root.allowOnly(List.of("trace", "policy")))
        .hasMessage("f:1:1: unknown key 'polcy'; did you mean 'policy'?");
    assertThatThrownBy(() -> root.allowOnly(List.of("trace", "cache")))
        .hasMessage("f:1:1: unknown key 'polcy'; valid are trace, cache");
  }

  @Test
  void aWrongKind_saysWhatIsThereAndWhatBelongsThere() {
    assertThatThrownBy(() -> map("a: [1]\n").require("a").asScalar("a number"))
        .hasMessage("f:1:4: found a list; expected a number");
    assertThatThrownBy(() -> map("a:\n").require("a").asScalar("a number"))
        .hasMessage("f:1:3: found nothing; expected a number");
    assertThatThrownBy(() -> map("a: b\n").require("a").asScalar("x").asDouble("a number"))
        .hasMessage("f:1:4: found 'b'; expected a number");
    assertThatThrownBy(() -> map("a: 1.5\n").require("a").asScalar("x").asLong("a whole number"))
        .hasMessage("f:1:4: found '1.5'; expected a whole number");
    assertThatThrownBy(() -> map("a: 3 GB\n").require("a").asScalar("x").asQuantity(Dimension.TIME))
        .hasMessage("f:1:4: '3 GB' has the unit 'GB'; fitting are s, ms, us, ns");
  }

  @Test
  void anEmptyFile_isAnError() {
    assertError("", "f:1:1: the file is empty; a mapping of keys is expected");
    assertError("# only a comment\n", "f:1:1: the file is empty; a mapping of keys is expected");
  }

  @Test
  void severalDocuments_areAnError() {
    assertError(
        "a: 1\n---\nb: 2\n", "f:2:1: a second document begins; keep one document in a file");
  }

  @Test
  void aliasesAnchorsAndTags_areErrors() {
    assertError(
        "a: &x 1\nb: *x\n",
        "f:1:4: anchors (&name) are not read; write the value out where it is used");
    assertError("a: *x\n", "f:1:4: aliases (*name) are not read; write the value out");
    assertError(
        "a: !!int 1\n",
        "f:1:4: the tag 'tag:yaml.org,2002:int' is not read; write the plain value");
  }

  @Test
  void aTab_isNamed() {
    assertError("a:\n\tb: 1\n", "f:2:1: the line is indented with a tab; use spaces");
  }

  @Test
  void deepNesting_endsWithoutExhaustingTheStack() {
    assertError("[".repeat(100_000), "f:1:33: nested deeper than 32 levels; flatten it");
  }

  @Test
  void invalidUtf8_isPlaced() {
    byte[] bytes = "a: 1\nb: \u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> YamlDocument.parse("f", bytes))
        .isInstanceOf(UserException.class)
        .hasMessage("f:2:4: the byte 0xe9 is not UTF-8; save the file as UTF-8");
  }

  @Test
  void controlCharacters_arePlaced() {
    assertError("a: 1\nb: \u0007\n", "f:2:4: the character U+0007 cannot stand in YAML; remove it");
  }

  @Test
  void aByteOrderMark_isSkipped() {
    byte[] bytes = "\uFEFFa: 1\n".getBytes(StandardCharsets.UTF_8);
    assertThat(YamlDocument.parse("f", bytes).asMapping("a mapping").keys()).containsExactly("a");
  }

  @Test
  void aMissingFile_isNamed() {
    assertThatThrownBy(() -> YamlDocument.read(Path.of("no-such.yaml")))
        .isInstanceOf(UserException.class)
        .hasMessage("no-such.yaml: there is no such file");
  }

  @Test
  void brokenSyntax_isOneLineWithAPlace() {
    assertThatThrownBy(() -> YamlDocument.parse("f", "a: [1, 2\nb: 3\n"))
        .isInstanceOf(UserException.class)
        .hasMessageMatching("f:2:\\d+: not valid YAML: [^\n]+");
  }

  private static YamlMapping map(String text) {
    return YamlDocument.parse("f", text).asMapping("a mapping");
  }

  private static void assertError(String text, String message) {
    assertThatThrownBy(() -> YamlDocument.parse("f", text))
        .isInstanceOf(UserException.class)
        .hasMessage(message);
  }
}
