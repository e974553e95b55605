package io.dipper.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A JDK to start the command line in, with the classes of this test run.
 *
 * @param feature its feature version, such as 17
 */
record Jvm(Path home, int feature) {
  private static final Path INSTALLED = Path.of("/usr/lib/jvm");

  /** The one that runs the tests. */
  static Jvm here() {
    return new Jvm(Path.of(System.getProperty("java.home")), Runtime.version().feature());
  }

  /** One of this feature version: the one here, that of JAVA_HOME, or an installed one. */
  static Optional<Jvm> of(int feature) throws IOException {
    if (here().feature == feature) {
      return Optional.of(here());
    }
    for (Path home : candidates()) {
      if (isOf(feature, home)) {
        return Optional.of(new Jvm(home, feature));
      }
    }
    return Optional.empty();
  }

  private static List<Path> candidates() throws IOException {
    List<Path> homes = new ArrayList<>();
    try (DirectoryStream<Path> installed = Files.newDirectoryStream(INSTALLED)) {
      installed.forEach(homes::add);
    } catch (NoSuchFileException | NotDirectoryException e) {
      // A platform that keeps its JDKs elsewhere: JAVA_HOME alone tells.
    }
    Collections.sort(homes);
    String named = System.getenv("JAVA_HOME");
    if (named != null) {
      homes.add(0, Path.of(named));
    }
    return homes;
  }

  private static boolean isOf(int feature, Path home) throws IOException {
    Path release = home.resolve("release");
    return Files.isExecutable(home.resolve("bin/java"))
        && Files.isReadable(release)
        && Files.readString(release)
            .lines()
            .anyMatch(line -> line.matches("JAVA_VERSION=\"" + feature + "[.\"].*"));
  }

  /**
   * The words of a command line in this JVM, which run {@code mainClass}.
   *
   * @param flags of the JVM, beside those that the libraries need
   */
  List<String> command(List<String> flags, Class<?> mainClass, Object... arguments) {
    return command(flags, mainClass.getName(), arguments);
  }

  /** The words of a command line that compiles one source file and runs its class. */
  List<String> command(Path source) {
    return command(List.of(), source.toString());
  }

  private List<String> command(List<String> flags, String main, Object... arguments) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:-UsePerfData"));
    command.add("--add-opens=java.base/java.nio=ALL-UNNAMED");
    if (feature >= 23) {
      command.add("--sun-misc-unsafe-memory-access=allow");
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
    return command;
  }
}
