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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file that is made to be read around the operating system's cache, by one run at a time. It is
 * removed when it is closed, or when the process ends; what a killed run left is taken over.
 */
public final class DirectFile implements AutoCloseable {
  /** What its size is a multiple of, in bytes. */
  public static final int CHUNK = 1 << 22;

  /** Bytes of a huge page of the most common processors. */
  private static final int HUGE_PAGE = 1 << 21;

  private final Path path;
  private final DirectContent content;
  private final int alignment;
  private final FileChannel held;
  private @Nullable ColdBuffers cold;
  private boolean kept;

  private DirectFile(Path path, DirectContent content, int alignment, FileChannel held) {
    this.path = path;
    this.content = content;
    this.alignment = alignment;
    this.held = held;
  }

  /**
   * Writes a file and sees to it that the device has it.
   *
   * @param remedy what would make it smaller
   * @throws UserException if the disk has no room, or no reads around the system's cache, or
   *     another run reads the file
   */
  public static DirectFile create(
      Path path, DirectContent content, String remedy, Progress progress) {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw UserException.in(
          folder == null ? path : folder, "there is no such folder; name one on the disk to read");
    }
    try {
      FileStore store = Files.getFileStore(folder);
      refuseMemory(folder, store);
      FileChannel held = hold(path, content);
      DirectFile file = new DirectFile(path, content, (int) store.getBlockSize(), held);
      OpenDirectFiles.add(file);
      file.fillOrRemove(store, remedy, progress);
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
  private static FileChannel hold(Path path, DirectContent content) throws IOException {
    boolean there = Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    String busy = "another " + content.task() + " reads it; wait for it to end";
    try {
      if (there && !isOurs(channel, content)) {
        throw UserException.in(
            path,
            "is in the way, and no " + content.task() + " left it; move it, or name another place");
      }
      if (channel.tryLock() == null) {
        throw UserException.in(path, busy);
      }
      return channel;
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw UserException.in(path, busy);
    } catch (IOException | UserException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean isOurs(FileChannel channel, DirectContent content) throws IOException {
    ByteBuffer first = ByteBuffer.allocate(Long.BYTES);
    return channel.size() == 0
        || (channel.read(first, 0) == Long.BYTES && first.getLong(0) == content.mark());
  }

  private void fillOrRemove(FileStore store, String remedy, Progress progress) throws IOException {
    try {
      held.truncate(0);
      Room.require(path, content.bytes(), remedy);
      fill(progress);
      checkDirect(store);
    } catch (IOException | UserException e) {
      close();
      throw e;
    }
  }

  private void checkDirect(FileStore store) {
    try (FileChannel channel = open()) {
      if (channel.read(aligned(alignment, alignment), 0) != alignment) {
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
    progress.start("writing " + path, "MB", content.bytes() / CHUNK * (CHUNK >> 20));
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
    for (long at = 0; at < content.bytes(); at += CHUNK) {
      chunk.clear();
      content.fill(at, chunk);
      if (at == 0) {
        chunk.putLong(0, content.mark());
      }
      chunk.clear();
      while (chunk.hasRemaining()) {
        held.write(chunk);
      }
      progress.advance(CHUNK >> 20);
    }
    held.force(true);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** The size of the file. */
  public long bytes() {
    return content.bytes();
  }

  /** What places and sizes of direct reads are multiples of, in bytes. */
  public int alignment() {
    return alignment;
  }

  /** A channel whose reads go around the operating system's cache. */
  public FileChannel open() throws IOException {
    return FileChannel.open(path, StandardOpenOption.READ, ExtendedOpenOption.DIRECT);
  }

  /** A channel whose reads and writes go around it: what is written leaves it. */
  static FileChannel openBoth(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.READ, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT);
  }

  /** Fills what is left of a buffer from a place of such a channel on. */
  public static void read(FileChannel channel, ByteBuffer buffer, long at) throws IOException {
    long start = at - buffer.position();
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, start + buffer.position()) <= 0) {
        throw new IOException("the file has become shorter");
      }
    }
  }

  /** Writes what is left of a buffer to a place of such a channel on. */
  static void write(FileChannel channel, ByteBuffer buffer, long at) throws IOException {
    long start = at - buffer.position();
    while (buffer.hasRemaining()) {
      channel.write(buffer, start + buffer.position());
    }
  }

  /**
   * Buffers of one size that such a channel reads into. They lie side by side on huge pages where
   * the system gives them: memory that is whole takes a read in one piece, scattered pages one by
   * one, which lasts longer.
   *
   * @param size in bytes, a multiple of the alignment
   * @return as many as whole pages have room for, at least one
   */
  public List<ByteBuffer> buffers(int size) {
    ByteBuffer all = onHugePages(size);
    List<ByteBuffer> buffers = new ArrayList<>();
    for (int at = 0; at <= all.capacity() - size; at += size) {
      buffers.add(all.slice(at, size));
    }
    return buffers;
  }

  /** The buffers that reads of the file come into whose bytes are used. */
  public synchronized ColdBuffers coldBuffers() {
    if (cold == null) {
      cold = new ColdBuffers();
    }
    return cold;
  }

  /** Whole huge pages of at least so many bytes, where the system gives them. */
  static ByteBuffer onHugePages(int bytes) {
    int whole = Math.addExact(bytes, HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
    return aligned(whole, HUGE_PAGE);
  }

  private static ByteBuffer aligned(int bytes, int to) {
    return ByteBuffer.allocateDirect(Math.addExact(bytes, to)).alignedSlice(to).slice(0, bytes);
  }

  /** What a touch of a mapped page that failed says: an error of the virtual machine. */
  UserException failed(InternalError e) {
    return failed(new IOException("a page is gone", e));
  }

  /** What a read that failed says. */
  public UserException failed(IOException e) {
    return UserException.in(path, "a read failed: " + reason(e));
  }

  /** Leaves the file where it is when it is closed. */
  public void keep() {
    kept = true;
  }

  /** Removes the file while its reads may go on, as the process ends. */
  void abandon() {
    try {
      removeUnlessKept();
    } catch (IOException e) {
      // The next run takes it over.
    }
  }

  @Override
  public void close() {
    OpenDirectFiles.remove(this);
    try {
      removeUnlessKept();
      held.close();
    } catch (IOException e) {
      throw UserException.in(path, "it cannot be removed: " + reason(e));
    }
  }

  private void removeUnlessKept() throws IOException {
    if (!kept) {
      Files.deleteIfExists(path);
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
