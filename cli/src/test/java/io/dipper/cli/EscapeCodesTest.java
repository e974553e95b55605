package io.dipper.cli;

import static io.dipper.cli.Run.dipper;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that hold escape codes are shown, and control no terminal. */
class EscapeCodesTest {
  @TempDir private Path folder;

  /** A key, a value, an architecture and a tensor's name of a GGUF file. */
  @ParameterizedTest
  @CsvSource({
    "general.license, gene\u001b]0;x\u0007cense, gene\\u001b]0;x\\u0007cense",
    "bookworm-3m, book\u001b[2J-3m, book\\u001b[2J-3m",
    "blk.0.ffn_gate.weight, blk.0\u001b[31mgate.weight, blk.0\\u001b[31mgate.weight"
  })
  void gguf_isShown(String there, String hostile, String shown) throws IOException {
    Path file = patched(there, hostile);
    assertClean(dipper("models", "show", file), shown);
  }

  /** From the model into a trace, and from there to whoever looks at it. */
  @Test
  void nameOfAModel_isShownByInspect() throws IOException {
    Path trace = folder.resolve("t.arrow");
    Path model = patched("bookworm-3m", "book\u001b[2J-3m");
    dipper(
            "trace",
            "-q",
            "--model",
            model,
            "--text",
            Bookworm.TEXT,
            "--tokens",
            128,
            "--block",
            128,
            "--sites",
            "x",
            "-o",
            trace)
        .succeeds();
    assertClean(dipper("inspect", "-q", trace), "book\\u001b[2J-3m");
  }

  @Test
  void configJson_isShown() throws IOException {
    Path golden = SharedData.testdata("golden/arch/llama-untied-f32");
    Files.copy(golden.resolve("model.safetensors"), folder.resolve("model.safetensors"));
    String config = Files.readString(golden.resolve("config.json"));
    Files.writeString(
        folder.resolve("config.json"),
        config.replaceFirst("\\{", "{\"evil\\\\u001b[2Jkey\": \"va\\\\u009blue\","));
    assertClean(dipper("models", "show", folder), "evil\\u001b[2Jkey");
  }

  @Test
  void profile_isShown() throws IOException {
    Path profile = folder.resolve("evil.yaml");
    Files.writeString(profile, "extends: apple-a18\ndescription: \"a \\e[2J b \\u009b1m\"\n");
    assertClean(dipper("hardware", "show", profile), "a \\e[2J b \\x9b1m");
  }

  /** Errors quote keys, values and names. */
  @Test
  void yamlThatIsWrong_isQuoted() throws IOException {
    Path profile = Files.writeString(folder.resolve("evil.yaml"), "\"ev\\e[2Jil\": 1\n");
    Run validated = dipper("hardware", "validate", profile);
    assertThat(validated.exit()).isEqualTo(2);
    assertClean(validated, "ev\\u001b[2Jil");
    Run swept = dipper("sweep", profile, "-o", folder.resolve("out"));
    assertThat(swept.exit()).isEqualTo(2);
    assertClean(swept, "ev\\u001b[2Jil");
  }

  @Test
  void nameOfAFile_isQuoted() {
    Path file = folder.resolve("no\u001b[2Jthing.gguf");
    assertClean(dipper("models", "show", file), "no\\u001b[2Jthing.gguf");
    assertClean(dipper("simulate", "--polic\u001b[2Jy"), "\\u001b[2J");
  }

  private static void assertClean(Run run, String shown) {
    String all = run.out() + run.err();
    assertThat(all).contains(shown);
    assertThat(all.chars().filter(c -> Character.isISOControl(c) && c != '\n' && c != '\r'))
        .as(all)
        .isEmpty();
  }

  /** The embedded model with other bytes of equal length, wherever they stand. */
  private Path patched(String there, String hostile) throws IOException {
    assertThat(hostile).hasSameSizeAs(there);
    String bytes = new String(Files.readAllBytes(Bookworm.MODEL), StandardCharsets.ISO_8859_1);
    assertThat(bytes).contains(there);
    return Files.write(
        folder.resolve("evil.gguf"),
        bytes.replace(there, hostile).getBytes(StandardCharsets.ISO_8859_1));
  }
}
