package io.dipper.hwsim.execute;

import io.dipper.hwsim.time.device.ReadsInFlight;
import io.dipper.proto.Flash;
import java.nio.file.Path;

/**
 * How a point is executed.
 *
 * @param file that its weights are written into; it is removed at the end unless it is kept
 * @param threads that multiply
 * @param lanes reads in flight
 * @param warmUp what is run before the time is taken
 */
public record ExecutionRequest(Path file, boolean keep, int threads, int lanes, WarmUp warmUp) {
  /** The most reads in flight, or threads. */
  public static final int MOST_THREADS = 1024;

  /** The reads that a device has in flight. */
  public static int lanes(Flash flash) {
    double most = ReadsInFlight.of(flash);
    return Double.isInfinite(most) ? 1 : (int) Math.min(MOST_THREADS, most);
  }
}
