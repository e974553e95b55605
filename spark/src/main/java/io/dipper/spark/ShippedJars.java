package io.dipper.spark;

import io.dipper.error.UserException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What executors are sent: this module's jar, and beside it in {@code lib} all that it uses. */
final class ShippedJars {
  private ShippedJars() {}

  /**
   * Paths of the jars.
   *
   * @throws UserException if this module was not packaged
   */
  static String[] all() {
    Path own = own();
    Path lib = own.resolveSibling("lib");
    if (!Files.isRegularFile(own) || !Files.isDirectory(lib)) {
      throw new UserException(
          "--engine spark: a cluster needs the packaged module; mvn -Pspark -pl spark -am package");
    }
    try (Stream<Path> jars = Files.list(lib)) {
      return Stream.concat(Stream.of(own), jars.sorted())
          .map(Path::toString)
          .toArray(String[]::new);
    } catch (IOException e) {
      throw UserException.unreadable(lib, e);
    }
  }

  private static Path own() {
    try {
      return Path.of(ShippedJars.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
