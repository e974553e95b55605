package io.dipper.tracegen.runtime;

import java.util.concurrent.atomic.AtomicLong;

/** Memory that may still be taken. Safe for use by many threads. */
final class MemoryBudget {
  private final AtomicLong left;

  MemoryBudget(long bytes) {
    this.left = new AtomicLong(bytes);
  }

  /** Takes so many bytes, if they are left. */
  boolean take(long bytes) {
    long now = left.get();
    while (bytes <= now) {
      if (left.compareAndSet(now, now - bytes)) {
        return true;
      }
      now = left.get();
    }
    return false;
  }
}
