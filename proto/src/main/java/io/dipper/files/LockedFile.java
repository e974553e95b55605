package io.dipper.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A file that one run at a time has open for writing. The right to it ends with the process,
 * however that ends.
 */
final class LockedFile implements AutoCloseable {
  /**
   * What this process holds. The system's locks are between processes, and closing any channel of a
   * file gives them up: so a file that is held here must not even be opened again.
   */
  private static final Set<Object> HELD = new HashSet<>();

  private final Path file;
  private final Object key;
  private final FileChannel channel;

  private LockedFile(Path file, Object key, FileChannel channel) {
    this.file = file;
    this.key = key;
    this.channel = channel;
  }

  /**
   * Makes the file where it is missing, and takes it; its content is left as it is.
   *
   * @return empty where another run holds it
   */
  static Optional<LockedFile> of(Path file) throws IOException {
    synchronized (HELD) {
      while (true) {
        boolean made = make(file);
        Optional<Object> key = key(file);
        if (key.isEmpty()) {
          continue; // its holder has just renamed or removed it
        }
        if (HELD.contains(key.get())) {
          return Optional.empty();
        }
        Optional<FileChannel> channel = open(file, made);
        if (channel.isEmpty()) {
          return Optional.empty();
        }
        // What was opened may have been given its final name by its holder in the meantime.
        if (key.equals(key(file))) {
          HELD.add(key.get());
          return Optional.of(new LockedFile(file, key.get(), channel.get()));
        }
        channel.get().close();
      }
    }
  }

  FileChannel channel() {
    return channel;
  }

  /** Whether the file still has its name: nobody has removed, replaced or renamed it. */
  boolean hasItsName() throws IOException {
    return key(file).filter(key::equals).isPresent();
  }

  /** Lets go of the file, and removes it if nothing is in it. */
  void release() throws IOException {
    if (channel.size() == 0) {
      remove();
    } else {
      close();
    }
  }

  /** Removes the file if it still has its name, and lets go of it. */
  void remove() throws IOException {
    try {
      delete();
    } finally {
      close();
    }
  }

  /** Removes the file if it still has its name; what is written to it from then on is lost. */
  void delete() throws IOException {
    if (hasItsName()) {
      Files.delete(file);
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      HELD.remove(key);
      channel.close();
    }
  }

  private static boolean make(Path file) throws IOException {
    try {
      Files.createFile(file);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** What stays the same if the file is renamed; where a system has no such thing, its path. */
  private static Optional<Object> key(Path file) throws IOException {
    try {
      Object key =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
              .fileKey();
      return Optional.of(key == null ? file.toRealPath() : key);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Empty where another process holds it. */
  private static Optional<FileChannel> open(Path file, boolean made) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    try {
      if (isFree(channel, made)) {
        return Optional.of(channel);
      }
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return Optional.empty();
  }

  private static boolean isFree(FileChannel channel, boolean made) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      // Some network file systems know no locks. There, who makes the file has it.
      if (made) {
        return true;
      }
      throw e;
    }
  }
}
