package io.dipper.files;

import io.dipper.error.UserException;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of any length, mapped read-only.
 *
 * <p>One buffer spans at most 2 GiB, so the file is mapped in windows, and a read may cross from
 * one to the next. Reads are by position and safe for many threads. The windows are unmapped once
 * this object is garbage.
 */
public final class MappedFile {
  private static final int WINDOW_BITS = 30;

  private final Path path;
  private final long size;
  private final MappedByteBuffer[] windows;

  private MappedFile(Path path, long size, MappedByteBuffer[] windows) {
    this.path = path;
    this.size = size;
    this.windows = windows;
  }

  /**
   * Maps a file.
   *
   * @throws UserException if it is missing or cannot be read
   */
  public static MappedFile open(Path path) {
    return open(path, WINDOW_BITS);
  }

  /** Maps a file in windows of 2^windowBits bytes. */
  static MappedFile open(Path path, int windowBits) {
    if (Files.isDirectory(path)) {
      throw UserException.in(path, "is a directory, expected a file");
    }
    InputFiles.requireFile(path, "a model");
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      long window = 1L << windowBits;
      var windows = new MappedByteBuffer[Math.toIntExact((size + window - 1) / window)];
      for (int i = 0; i < windows.length; i++) {
        long start = i * window;
        windows[i] =
            channel.map(FileChannel.MapMode.READ_ONLY, start, Math.min(window, size - start));
      }
      return new MappedFile(path, size, windows);
    } catch (NoSuchFileException e) {
      throw new UserException(path + ": no such file", e);
    } catch (IOException e) {
      throw UserException.unreadable(path, e);
    }
  }

  public Path path() {
    return path;
  }

  /** The length in bytes. */
  public long size() {
    return size;
  }

  /**
   * Copies bytes out of the file.
   *
   * @param position the first byte's
   * @throws IndexOutOfBoundsException if the range is not inside the file; callers check ranges
   *     that come from the file itself first
   */
  public void read(long position, byte[] out, int offset, int length) {
    if (position < 0 || position + length > size) {
      throw new IndexOutOfBoundsException(position + "+" + length + " of " + size);
    }
    while (length > 0) {
      int first = windows[0].capacity();
      MappedByteBuffer window = windows[(int) (position / first)];
      int start = (int) (position % first);
      int part = Math.min(length, window.capacity() - start);
      window.get(start, out, offset, part);
      position += part;
      offset += part;
      length -= part;
    }
  }
}
