package io.dipper.hwsim.execute;

import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** What is really done in a step of a token; its object serves the step token by token. */
abstract class StepRun {
  /** Work for each member of a team, where there is nothing to do. */
  static final IntConsumer NOTHING = member -> {};

  /** Turns to a token before which the KV cache has so many positions. */
  void attend(double positions) {}

  /**
   * The reads of what the step lacks, which the caller begins; null where it lacks nothing. They
   * may be asked for a token ahead, if the step's {@link
   * io.dipper.hwsim.time.schedule.Step#isKnownAhead() reads are known}.
   *
   * @param row the token
   */
  abstract @Nullable Batch fetch(int row);

  /** The reads have ended. */
  void arrived() {}

  /** Prepares the products. */
  void gather() {}

  /**
   * The products of what is in memory that are handed out one after another, of each a share for
   * every member.
   */
  abstract List<IntConsumer> cached();

  /** The products of what was fetched. */
  abstract IntConsumer fetched();

  /** The products are done. */
  void done() {}

  /** Units that the mask selects; 0 without one. */
  int selected() {
    return 0;
  }

  /** Those of them that were cached. */
  int hits() {
    return 0;
  }
}
