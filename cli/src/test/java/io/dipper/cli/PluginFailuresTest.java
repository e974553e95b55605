package io.dipper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.testing.OnOneJdk;
import io.dipper.testing.SharedData;
import io.dipper.testing.SourceJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins whose code fails while it runs: one line that names their class and their jar. */
@OnOneJdk
class PluginFailuresTest {
  private static final Path TEMPLATE =
      SharedData.testdata("../docs/plugin-template/src/main").normalize();
  private static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");

  @TempDir private Path folder;

  @Test
  void aMaskThatFails_isNamedWithItsJar() throws Exception {
    Path jar = broken("Steady.java", "topK.select(keys, k, mask);", "mask.add(keys.length + 64);");
    assertThat(simulate(jar, "steady:keep=0.5", "lfu"))
        .startsWith(
            "dipper: DIPPER_PLUGINS: "
                + jar
                + ": org.example.dipper.Steady$Selector: its code fails with ")
        .contains("; details in ");
  }

  @Test
  void aCacheThatFails_isNamedWithItsJar() throws Exception {
    Path jar =
        broken(
            "OldestRun.java",
            "token++;",
            "if (token++ == 0) { throw new IllegalStateException(\"boom\"); }");
    assertThat(simulate(jar, "glu:keep=0.5", "oldest-run"))
        .contains(
            jar
                + ": org.example.dipper.OldestRun: its code fails with IllegalStateException"
                + " (boom); details in ");
  }

  @Test
  void aMaskThatCannotBeMade_isNamedWithItsJar() throws Exception {
    Path jar =
        broken(
            "Steady.java",
            "int units = context.shape().getIntermediateSize();",
            "int units = 1 / (context.shape().getLayers() - context.shape().getLayers());");
    assertThat(simulate(jar, "steady:keep=0.5", "lfu"))
        .isEqualTo(
            "dipper: DIPPER_PLUGINS: "
                + jar
                + ": org.example.dipper.Steady: its code fails with ArithmeticException"
                + " (/ by zero)");
  }

  @Test
  void whatAPluginSaysOfItself_controlsNoTerminal() throws Exception {
    Path jar = broken("Steady.java", "top-k of a moving", "top-k\\u001b[2J of a moving");
    Ended listing = Plugins.run(jar, "policies");
    assertThat(listing.exit()).isZero();
    assertThat(listing.output()).contains("steady", "[2J of a moving").doesNotContain("\u001b");
  }

  /** The template with a word of one of its files changed. */
  private Path broken(String file, String word, String other) throws IOException {
    Path sources = folder.resolve("sources");
    Path java = TEMPLATE.resolve("java");
    try (Stream<Path> files = Files.walk(java)) {
      for (Path source : files.filter(Files::isRegularFile).toList()) {
        Path copy = sources.resolve(java.relativize(source).toString());
        Files.createDirectories(copy.getParent());
        String text = Files.readString(source);
        if (source.endsWith(file)) {
          assertThat(text).contains(word);
          text = text.replace(word, other);
        }
        Files.writeString(copy, text);
      }
    }
    return new SourceJar(folder.resolve("classes"))
        .compile(sources)
        .withAll(TEMPLATE.resolve("resources"))
        .write(folder.resolve("mine.jar"));
  }

  private static String simulate(Path plugins, String policy, String cache) throws Exception {
    Ended ended =
        Plugins.run(
            plugins,
            "simulate",
            "--trace",
            TRACE,
            "--hardware",
            "apple-a18",
            "--dram",
            "92%",
            "--policy",
            policy,
            "--cache",
            cache,
            "--quiet");
    assertThat(ended.exit()).isNotZero();
    assertThat(ended.output().strip().lines()).hasSize(1);
    return ended.output().strip();
  }
}
