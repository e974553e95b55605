package io.dipper.tracegen.runtime;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The memory that this process may take, in bytes: all of the machine's, or the limit of the
 * container (a control group of version 1 or 2) that it runs in, beyond which it would be killed
 * without a word.
 *
 * @param limit of the process
 * @param heap the most that the JVM's heap may take of it
 */
public record ProcessMemory(long limit, long heap) {
  private static final long MOST_WEIGHTS = 1L << 30;

  /** What the JVM itself, its compilers and the matrix library take outside the heap, roughly. */
  private static final long OVERHEAD = 160L << 20;

  /** The memory of this JVM's process. */
  public static ProcessMemory current() {
    long limit =
        ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
            ? system.getTotalMemorySize()
            : Long.MAX_VALUE;
    return new ProcessMemory(limit, Runtime.getRuntime().maxMemory());
  }

  /** What is left for weights and buffers outside the heap. */
  public long besidesHeap() {
    return Math.max(0, limit - Math.min(limit, heap) - OVERHEAD);
  }

  /** How much of decoded weights is kept where nobody says: a third of that, at most 1 GiB. */
  public long weights() {
    return Math.min(MOST_WEIGHTS, besidesHeap() / 3);
  }
}
