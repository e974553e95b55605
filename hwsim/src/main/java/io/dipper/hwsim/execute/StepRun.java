package io.dipper.hwsim.execute;

import io.dipper.hwsim.execute.read.Batch;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is really done in a step of a token: nothing, but for what a kind of steps says. Its object
 * serves the step token by token.
 */
abstract class StepRun {
  /** Work for each member of a team, where there is nothing to do. */
  static final IntConsumer NOTHING = member -> {};

  /** Whether its units are chosen for each token, and a cache holds some of them. */
  boolean chooses() {
    return false;
  }

  /** Turns to a token before which the KV cache has so many positions. */
  void attend(double positions) {}

  /**
   * The reads of what the step lacks, which the caller begins; null where it lacks nothing. They
   * may be asked for a token ahead, if the step's {@link
   * io.dipper.hwsim.time.schedule.Step#isKnownAhead() reads are known}.
   *
   * @param row the token
   */
  @Nullable Batch fetch(int row) {
    return null;
  }

  /**
   * The reads of what the step lacks, apart where each of several is of use as soon as it has come;
   * the caller begins them in their order.
   *
   * @param row the token
   */
  List<Batch> apart(int row) {
    Batch all = fetch(row);
    return all == null ? List.of() : List.of(all);
  }

  /** The reads have ended, or of several that are apart the next. */
  void arrived() {}

  /** Prepares the products. */
  void gather() {}

  /**
   * The products of what is in memory that are handed out one after another, of each a share for
   * every member.
   */
  List<IntConsumer> cached() {
    return List.of();
  }

  /** The products of what was fetched, of several reads that are apart of what came last. */
  IntConsumer fetched() {
    return NOTHING;
  }

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
