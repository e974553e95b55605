package io.dipper.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

/**
 * Small entries in the user's cache folder. Whatever cannot be read or written is as if it was not
 * there; the folder may be deleted at any time.
 */
public final class UserCache {
  private final Path folder;

  /**
   * @param folder made where it is missing, once something is written
   */
  public UserCache(Path folder) {
    this.folder = folder;
  }

  /** The cache of the user who runs this process. */
  public static UserCache current() {
    return new UserCache(folder(System.getenv()));
  }

  /** {@code dipper} in the user's cache folder: XDG_CACHE_HOME, else {@code ~/.cache}. */
  public static Path folder(Map<String, String> environment) {
    String cache = environment.get("XDG_CACHE_HOME");
    Path base =
        cache == null || !Path.of(cache).isAbsolute()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return base.resolve("dipper");
  }

  /** An entry's content. */
  public Optional<byte[]> read(String kind, String name) {
    try {
      return Optional.of(Files.readAllBytes(folder.resolve(kind).resolve(name)));
    } catch (IOException | SecurityException e) {
      return Optional.empty();
    }
  }

  /** Writes an entry whole, or not at all. */
  public void write(String kind, String name, byte[] content) {
    try {
      Path home = Files.createDirectories(folder.resolve(kind));
      Path partial = Files.createTempFile(home, name, ".tmp");
      try {
        Files.write(partial, content);
        Files.move(partial, home.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(partial);
      }
    } catch (IOException | SecurityException e) {
      // Read-only, full, or not there: the next command works it out again.
    }
  }
}
