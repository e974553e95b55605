package io.dipper.hwsim.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What the system says of reads from storage. Nothing where it is not Linux, or does not tell. */
final class StorageReads {
  private static final Path PROCESS = Path.of("/proc/self/io");
  private static final Path DEVICES = Path.of("/sys/dev/block");
  private static final Path BACKINGS = Path.of("/sys/class/bdi");

  private StorageReads() {}

  /** The bytes that this process has had read from storage, by faults and by direct reads. */
  static OptionalLong bytes() {
    return number(PROCESS, "read_bytes:");
  }

  /** How far the system reads ahead on the disk of a folder, in bytes. */
  static OptionalLong readAhead(Path folder) {
    return device(folder).stream()
        .flatMap(
            device ->
                Stream.of(
                    BACKINGS.resolve(device).resolve("read_ahead_kb"),
                    DEVICES.resolve(device).resolve("queue/read_ahead_kb"),
                    // Of a partition: its disk's.
                    DEVICES.resolve(device).resolve("../queue/read_ahead_kb")))
        .map(file -> number(file, ""))
        .flatMapToLong(OptionalLong::stream)
        .map(kilobytes -> kilobytes * 1024)
        .findFirst();
  }

  /** The two numbers of the device that a folder lies on. */
  private static Optional<String> device(Path folder) {
    try {
      long device = (long) Files.getAttribute(folder, "unix:dev");
      long major = device >> 8 & 0xfff | device >> 32 & ~0xfffL;
      long minor = device & 0xff | device >> 12 & ~0xffL;
      return Optional.of(major + ":" + minor);
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The number in a line that begins with some letters. */
  private static OptionalLong number(Path file, String letters) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(letters))
          .mapToLong(line -> Long.parseLong(line.substring(letters.length()).strip()))
          .findFirst();
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
