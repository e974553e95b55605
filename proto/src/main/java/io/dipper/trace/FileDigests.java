package io.dipper.trace;

import static java.util.Objects.requireNonNull;

import io.dipper.cache.UserCache;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * SHA-256 digests of files, remembered until a file changes. A file is taken for unchanged while
 * its path, inode, size, time of modification and time of status change, to the nanosecond, are
 * what they were when it was read; the last of these no program can set. Where a system does not
 * tell all of them, nothing is remembered.
 */
public final class FileDigests {
  private static final String KIND = "digests";

  /** Smaller files are read sooner than looked up. */
  private static final long LEAST_BYTES = 1 << 20;

  /** The time within which a second change may leave a file's times as they are. */
  private static final Duration COARSEST_CLOCK = Duration.ofSeconds(3);

  private final UserCache cache;
  private final Clock clock;

  FileDigests(UserCache cache, Clock clock) {
    this.cache = cache;
    this.clock = clock;
  }

  /** The digests that this user's commands remember. */
  public static FileDigests current() {
    return new FileDigests(UserCache.current(), Clock.systemUTC());
  }

  /** The digest of one file's bytes, in lower-case hex. */
  public String of(Path file) {
    return of(List.of(file), () -> Sha256.of(file));
  }

  /**
   * The digest of some files together.
   *
   * @param compute reads them, where they are not as they were
   */
  public String of(List<Path> files, Supplier<String> compute) {
    Optional<Identity> before = Identity.of(files);
    if (before.isEmpty() || before.get().bytes() < LEAST_BYTES) {
      return compute.get();
    }
    Identity identity = before.get();
    Optional<String> known = recall(identity);
    if (known.isPresent()) {
      return known.get();
    }
    Instant began = clock.instant();
    String digest = compute.get();
    boolean settled = identity.changed().plus(COARSEST_CLOCK).isBefore(began);
    if (settled && before.equals(Identity.of(files))) {
      String entry = identity.text() + digest + "\n";
      cache.write(KIND, identity.name(), entry.getBytes(StandardCharsets.UTF_8));
    }
    return digest;
  }

  private Optional<String> recall(Identity identity) {
    return cache
        .read(KIND, identity.name())
        .map(content -> new String(content, StandardCharsets.UTF_8))
        .filter(entry -> entry.startsWith(identity.text()))
        .map(entry -> entry.substring(identity.text().length()).strip())
        .filter(digest -> digest.matches("[0-9a-f]{64}"));
  }

  /**
   * What tells some files from any others.
   *
   * @param name of the entry, from the paths
   * @param text a line per file
   * @param bytes of all of them
   * @param changed when the last of them was
   */
  private record Identity(String name, String text, long bytes, Instant changed) {
    static Optional<Identity> of(List<Path> files) {
      StringBuilder paths = new StringBuilder();
      StringBuilder text = new StringBuilder();
      long bytes = 0;
      Instant changed = Instant.MIN;
      try {
        for (Path file : files) {
          Path real = file.toRealPath();
          Map<String, Object> is =
              Files.readAttributes(real, "unix:ino,size,lastModifiedTime,ctime,isRegularFile");
          if (!Boolean.TRUE.equals(is.get("isRegularFile"))) {
            return Optional.empty();
          }
          paths.append(real).append('\n');
          Instant modified = instant(is, "lastModifiedTime");
          Instant status = instant(is, "ctime");
          text.append(real).append(' ').append(is.get("ino")).append(' ').append(is.get("size"));
          text.append(' ').append(modified).append(' ').append(status).append('\n');
          bytes += (Long) requireNonNull(is.get("size"));
          changed = List.of(changed, modified, status).stream().max(Instant::compareTo).get();
        }
      } catch (IOException | RuntimeException e) {
        return Optional.empty(); // no such view on this system, or no such file: reading it tells
      }
      byte[] digest = Sha256.digest().digest(paths.toString().getBytes(StandardCharsets.UTF_8));
      String name = HexFormat.of().formatHex(digest).substring(0, 32);
      return Optional.of(new Identity(name, text.toString(), bytes, changed));
    }

    private static Instant instant(Map<String, Object> attributes, String name) {
      return ((FileTime) requireNonNull(attributes.get(name))).toInstant();
    }
  }
}
