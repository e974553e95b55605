package io.dipper.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dipper.testing.SharedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages tell a reader to type is there and runs. */
class DocumentationTest {
  private static final Path README = SharedData.root().resolve("README.md");

  /** A word of a shell command, plain or quoted; a comment, a pipe or a redirection ends it. */
  private static final Pattern WORD = Pattern.compile("\\G\\s*(?:\"([^\"]*)\"|([^\\s#|<>]\\S*))");

  private static final Pattern JAVA = Pattern.compile("(?s)```java\n(.*?)```");

  static Stream<Path> pagesWithCommands() throws IOException {
    Path root = SharedData.root();
    try (Stream<Path> docs = Files.list(root.resolve("docs"))) {
      List<Path> pages =
          Stream.concat(Stream.of(README, root.resolve("bench/README.md")), docs)
              .filter(page -> !commands(page).isEmpty())
              .sorted()
              .toList();
      return pages.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("pagesWithCommands")
  void everyCommandOfAPage_usesOptionsThatExist(Path page) {
    for (String command : commands(page)) {
      String[] words =
          WORD.matcher(command)
              .results()
              .map(word -> Objects.requireNonNullElse(word.group(1), word.group(2)))
              .toArray(String[]::new);
      assertThatCode(() -> Main.commandLine().parseArgs(words))
          .as(command)
          .doesNotThrowAnyException();
    }
  }

  private static List<String> commands(Path page) {
    String start = "    ./dipper ";
    try {
      return page.toString().endsWith(".md")
          ? Files.readAllLines(page).stream()
              .filter(line -> line.startsWith(start))
              .map(line -> line.substring(start.length()))
              .toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theJavaExample_findsTheSpeedThatTheCommandFinds(@TempDir Path folder) throws Exception {
    Path trace = SharedData.testdata("golden/bookworm.arrow");
    List<String> examples =
        JAVA.matcher(Files.readString(README)).results().map(found -> found.group(1)).toList();
    assertThat(examples).hasSize(1);
    Path source = folder.resolve("Example.java");
    Files.writeString(source, examples.get(0).replace("smollm2.arrow", trace.toString()));

    String printed = Ended.of(Ended.start(Jvm.here().command(source))).succeeds();

    String json =
        Run.dipper(
                "simulate",
                "--trace",
                trace,
                "--hardware",
                "apple-a18",
                "--policy",
                "dip-ca:density=0.5",
                "--dram",
                "75%",
                "--format",
                "json")
            .succeeds();
    double speed = new ObjectMapper().readTree(json).required("tokens_per_second").asDouble();
    assertThat(printed.lines()).contains(speed + " tokens/s");
  }
}
