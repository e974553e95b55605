package io.dipper.hwsim.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/**
 * Scans of a mapped file by one thread: of pages that the system's cache lacks, and of pages that
 * it has. A direct write takes the pages of its range out of the cache.
 */
final class MappedReads {
  private static final int PAGE = PageFaults.PAGE;

  /** At most so many bytes of the file are mapped. */
  private static final long MOST = 1L << 28;

  private static final int PASSES = 4;

  private final DirectFile file;
  private final int bytes;
  private volatile int sink;

  MappedReads(DirectFile file) {
    this.file = file;
    this.bytes = (int) Math.min(MOST, file.bytes());
  }

  /** The bytes that are scanned. */
  int bytes() {
    return bytes;
  }

  /** Whether a scan of pages that were taken out reads them from storage, as the system says. */
  boolean areCold() {
    long before = StorageReads.bytes().orElse(0);
    scanBandwidth();
    // Taking them out reads them once.
    return StorageReads.bytes().orElse(0) - before > 1.9 * bytes;
  }

  /**
   * Bytes per second of a scan of pages that are absent.
   *
   * @throws io.dipper.error.UserException if a page cannot be read
   */
  double scanBandwidth() {
    try (FileChannel direct = DirectFile.openBoth(file.path());
        FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
      takeOut(direct);
      return bytes / touch(channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes));
    } catch (IOException e) {
      throw file.failed(e);
    } catch (InternalError e) {
      throw file.failed(e);
    }
  }

  /**
   * The seconds of a touch of a page that the cache has and no mapping yet, in order.
   *
   * @throws io.dipper.error.UserException if a page cannot be read
   */
  double hitSeconds() {
    try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
      touch(channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes));
      double seconds = 0;
      for (int pass = 0; pass < PASSES; pass++) {
        seconds += touch(channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes));
      }
      return seconds / PASSES / (bytes / PAGE);
    } catch (IOException e) {
      throw file.failed(e);
    } catch (InternalError e) {
      throw file.failed(e);
    }
  }

  /** Touches all pages, and returns the seconds. */
  private double touch(MappedByteBuffer pages) {
    long begin = System.nanoTime();
    int sum = 0;
    for (int at = 0; at < bytes; at += PAGE) {
      sum += pages.get(at);
    }
    sink = sum;
    return (System.nanoTime() - begin) / 1e9;
  }

  /** Writes what is there once more. */
  private void takeOut(FileChannel direct) throws IOException {
    ByteBuffer buffer = file.buffers(DirectFile.CHUNK).get(0);
    for (int at = 0; at < bytes; at += DirectFile.CHUNK) {
      buffer.clear();
      DirectFile.read(direct, buffer, at);
      buffer.flip();
      DirectFile.write(direct, buffer, at);
    }
  }
}
