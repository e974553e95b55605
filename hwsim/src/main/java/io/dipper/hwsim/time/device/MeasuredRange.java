package io.dipper.hwsim.time.device;

import io.dipper.proto.Flash;
import org.jspecify.annotations.Nullable;

/**
 * What of the bytes that are read a device's table does not tell of: reads smaller, larger, fewer
 * or more at once than any that were measured. How long they take is a bound at the table's edge. A
 * device without a table has no such range.
 */
public final class MeasuredRange {
  private final @Nullable TableFlash table;

  public MeasuredRange(Flash flash) {
    table = flash.hasTable() ? new TableFlash(flash) : null;
  }

  /** Whether there is a table. */
  public boolean exists() {
    return table != null;
  }

  /** The bytes outside of equal requests, as {@link FlashTiming#requestsSeconds} times them. */
  public double outside(double requests, double bytes, double span) {
    return table == null ? 0 : table.unmeasuredBytes(requests, bytes, span);
  }

  /** The bytes outside of a stream: all, or none. */
  public double outsideOfStream(double bytes) {
    return table == null ? 0 : table.unmeasuredStreamBytes(bytes);
  }
}
