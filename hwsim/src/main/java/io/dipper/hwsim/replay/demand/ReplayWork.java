package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.simd.Simd;
import io.dipper.proto.ModelShape;
import io.dipper.trace.Recording;
import java.util.Arrays;

/** The size of the work that replays have before them. */
public final class ReplayWork {
  private ReplayWork() {}

  /**
   * Announces replays, before the first of them is planned, so that loops are chosen that suit
   * their size. Results do not depend on it.
   *
   * @param points that will be replayed over the recording
   */
  public static void announce(Recording recording, long points) {
    ModelShape model = recording.model();
    long tokens = Arrays.stream(recording.sequenceLengths()).asLongStream().sum();
    long width = (long) model.getHiddenSize() + model.getIntermediateSize();
    double values = (double) tokens * model.getLayers() * width * points;
    Simd.expect((long) values); // a cast saturates where a product would overflow
  }
}
