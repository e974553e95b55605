package io.dipper.hwsim.replay.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A policy or a cache is one file and one line in its registry, as the documents say. */
class OneFileTest {
  @Test
  void aCacheIsNamedInItsOwnFileAndTheRegistry() throws IOException {
    check("hwsim/src/main/java/io/dipper/hwsim/replay/cache", "Caches");
  }

  @Test
  void aPolicyIsNamedInItsOwnFileAndTheRegistry() throws IOException {
    check("hwsim/src/main/java/io/dipper/hwsim/replay/policy", "Policies");
  }

  private static void check(String folder, String registry) throws IOException {
    Path sources = SharedData.root().resolve(folder);
    List<Path> declared =
        files(sources).stream().filter(file -> text(file).contains(" ENTRY =")).toList();
    assertThat(declared).hasSizeGreaterThan(10);
    Map<Path, String> texts = new TreeMap<>();
    for (Path file : files(SharedData.root().resolve("hwsim/src/main/java"))) {
      texts.put(file, text(file));
    }
    for (Path own : declared) {
      Pattern entry = Pattern.compile("\\b" + name(own) + "\\.ENTRY\\b");
      assertThat(
              texts.entrySet().stream()
                  .filter(other -> !other.getKey().equals(own))
                  .filter(other -> entry.matcher(other.getValue()).find())
                  .map(other -> name(other.getKey())))
          .as("who names %s.ENTRY", name(own))
          .containsExactly(registry);
      assertThat(entries(sources.resolve(registry + ".java"), name(own)))
          .as("entries of %s in %s", name(own), registry)
          .isEqualTo(1);
    }
  }

  private static long entries(Path registry, String name) {
    return text(registry)
        .lines()
        .filter(line -> line.strip().replaceAll("[,);]+$", "").equals(name + ".ENTRY"))
        .count();
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.toString().endsWith(".java")).collect(Collectors.toList());
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
