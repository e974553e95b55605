package io.dipper.hwsim.machine;

import com.sun.nio.file.ExtendedOpenOption;
import io.dipper.error.UserException;
import io.dipper.files.CannotWrite;
import io.dipper.files.Room;
import io.dipper.progress.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/**
 * A file of numbers drawn by chance, which no drive can compress, to be read around the operating
 * system's cache. It is removed when it is closed, or when the process ends; what a killed run left
 * is taken over.
 */
public final class TestFile implements AutoCloseable {
  /** What its size is a multiple of, in bytes. */
  public static final int CHUNK = 1 << 22;

  private static final String NAME = "dipper-measure.bin";
  private static final long SEED = 0x646970706572L;

  private final Path path;
  private final long bytes;
  private final int alignment;
  private final FileChannel held;

  private TestFile(Path path, long bytes, int alignment, FileChannel held) {
    this.path = path;
    this.bytes = bytes;
    this.alignment = alignment;
    this.held = held;
  }

  /**
   * Writes a file and sees to it that the device has it.
   *
   * @param folder on the disk that is measured
   * @param bytes of the file, a multiple of {@link #CHUNK}
   * @throws UserException if the disk has no room, or no reads around the system's cache, or
   *     another run reads such a file there
   */
  public static TestFile create(Path folder, long bytes, Progress progress) {
    if (!Files.isDirectory(folder)) {
      throw UserException.in(folder, "there is no such folder; name one on the disk to measure");
    }
    Path path = folder.resolve(NAME);
    try {
      FileStore store = Files.getFileStore(folder);
      refuseMemory(folder, store);
      FileChannel held = hold(path);
      path.toFile().deleteOnExit();
      TestFile file = new TestFile(path, bytes, (int) store.getBlockSize(), held);
      file.fillOrRemove(store, progress);
      return file;
    } catch (IOException e) {
      throw CannotWrite.error(path, e);
    }
  }

  /** Files of the system's memory are no measure of a disk. */
  private static void refuseMemory(Path folder, FileStore store) {
    if (store.type().equals("tmpfs") || store.type().equals("ramfs")) {
      throw UserException.in(
          folder, "it lies in memory (" + store.type() + "); name a folder on a disk");
    }
  }

  /** The one who holds the file's lock may write and remove it. */
  private static FileChannel hold(Path path) throws IOException {
    boolean there = Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    try {
      if (there && !isOurs(channel)) {
        throw UserException.in(
            path, "is in the way, and no measurement left it; move it, or name another folder");
      }
      if (channel.tryLock() == null) {
        throw UserException.in(path, "another measurement reads it; wait for it to end");
      }
      return channel;
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw UserException.in(path, "another measurement reads it; wait for it to end");
    } catch (IOException | UserException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean isOurs(FileChannel channel) throws IOException {
    ByteBuffer first = ByteBuffer.allocate(Long.BYTES);
    return channel.size() == 0
        || channel.read(first, 0) == Long.BYTES
            && first.getLong(0) == new SplittableRandom(SEED).nextLong();
  }

  private void fillOrRemove(FileStore store, Progress progress) throws IOException {
    try {
      held.truncate(0);
      Room.require(path, bytes, "make the file smaller");
      fill(progress);
      checkDirect(store);
    } catch (IOException | UserException e) {
      close();
      throw e;
    }
  }

  private void checkDirect(FileStore store) {
    try (FileChannel channel = open()) {
      if (channel.read(buffer(alignment), 0) != alignment) {
        throw new IOException("a direct read came back short");
      }
    } catch (IOException | UnsupportedOperationException e) {
      throw UserException.in(
          path,
          "its file system ("
              + store.type()
              + ") has no direct reads, so that memory would be measured; name another disk");
    }
  }

  private void fill(Progress progress) throws IOException {
    progress.start("writing " + path, "MB", bytes / CHUNK * (CHUNK >> 20));
    SplittableRandom random = new SplittableRandom(SEED);
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
    for (long at = 0; at < bytes; at += CHUNK) {
      chunk.clear();
      while (chunk.hasRemaining()) {
        chunk.putLong(random.nextLong());
      }
      chunk.flip();
      while (chunk.hasRemaining()) {
        held.write(chunk);
      }
      progress.advance(CHUNK >> 20);
    }
    held.force(true);
  }

  long bytes() {
    return bytes;
  }

  /** What places and sizes of direct reads are multiples of, in bytes. */
  int alignment() {
    return alignment;
  }

  /** A channel whose reads go around the operating system's cache. */
  FileChannel open() throws IOException {
    return FileChannel.open(path, StandardOpenOption.READ, ExtendedOpenOption.DIRECT);
  }

  /** A buffer that such a channel reads into. */
  ByteBuffer buffer(int size) {
    return ByteBuffer.allocateDirect(size + alignment).alignedSlice(alignment).limit(size);
  }

  /** What a read that failed says. */
  UserException failed(IOException e) {
    return UserException.in(path, "a read failed: " + reason(e));
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(path);
      held.close();
    } catch (IOException e) {
      throw UserException.in(path, "it cannot be removed: " + reason(e));
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
