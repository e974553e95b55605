package io.dipper.hwsim.machine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the system says of the processor's caches. */
final class ProcessorCaches {
  private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");

  /** Bytes of the last cache of most processors, at most. */
  private static final long USUAL = 32L << 20;

  private ProcessorCaches() {}

  /** The bytes of the largest cache; a usual size where the system does not tell. */
  static long largest() {
    return largest(CACHES);
  }

  /**
   * The bytes of the largest cache.
   *
   * @param folder with a folder of each cache, in which {@code size} says its size, as in {@code
   *     32768K}
   */
  static long largest(Path folder) {
    long most = 0;
    try (DirectoryStream<Path> caches = Files.newDirectoryStream(folder, "index*")) {
      for (Path cache : caches) {
        String size = Files.readString(cache.resolve("size")).strip();
        if (size.matches("\\d{1,9}K")) {
          most = Math.max(most, Long.parseLong(size.substring(0, size.length() - 1)) << 10);
        }
      }
    } catch (IOException e) {
      return USUAL;
    }
    return most == 0 ? USUAL : most;
  }
}
