package io.dipper.hwsim.execute.read;

import io.dipper.error.UserException;
import io.dipper.hwsim.execute.team.Spin;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads of a file that belong together, and are waited for together. */
public final class Batch {
  private final boolean stream;
  private final List<Part> parts = new ArrayList<>();
  private long bytes;
  private volatile int left;
  private long endNanos;
  private @Nullable RuntimeException failure;

  /**
   * One read.
   *
   * @param offset in the file, a multiple of its alignment
   * @param bytes likewise
   * @param sink takes what was read
   */
  public record Part(long offset, int bytes, Sink sink) {}

  /** Takes what a read brought; called by the lane that made it. */
  public interface Sink {
    /**
     * Takes the bytes from a buffer's position to its limit.
     *
     * @param offset the place of the first in the file
     */
    void accept(long offset, ByteBuffer read);
  }

  private Batch(boolean stream) {
    this.stream = stream;
  }

  /** Reads at places of their own, for which all lanes are there. */
  public static Batch ofReads() {
    return new Batch(false);
  }

  /** Reads that follow one another. */
  public static Batch ofStream() {
    return new Batch(true);
  }

  /** Whether its reads follow one another. */
  boolean isStream() {
    return stream;
  }

  /** Adds a read, before the batch is begun. */
  public void add(Part part) {
    parts.add(part);
    bytes += part.bytes;
    left++;
  }

  /** The reads. */
  public List<Part> parts() {
    return parts;
  }

  /** The bytes of all reads. */
  public long bytes() {
    return bytes;
  }

  /** One of the reads has ended. */
  synchronized void done(@Nullable RuntimeException why) {
    if (failure == null) {
      failure = why;
    }
    left--;
    if (left == 0) {
      endNanos = System.nanoTime();
      notifyAll();
    }
  }

  /**
   * When the last read ended; 0 while reads are under way.
   *
   * @throws UserException if one failed
   */
  public synchronized long end() {
    if (left == 0 && failure != null) {
      throw failure;
    }
    return endNanos;
  }

  /**
   * Waits for all reads; returns when the last one ended.
   *
   * @throws UserException if one failed
   */
  long await() {
    long since = System.nanoTime();
    // A stream is a few large reads, which leave the cores alone; many small ones need them.
    while (stream && left > 0 && Spin.pass(since)) {}
    return sleep();
  }

  private synchronized long sleep() {
    try {
      while (left > 0) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("interrupted");
    }
    return end();
  }
}
