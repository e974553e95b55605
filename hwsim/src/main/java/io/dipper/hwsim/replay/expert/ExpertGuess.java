package io.dipper.hwsim.replay.expert;

import io.dipper.hwsim.replay.expert.GuessedExperts.Count;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.proto.Speculation;
import io.dipper.trace.Recording;
import java.util.function.IntPredicate;

/**
 * The experts that are read for one layer of a decoded token before its router has spoken: of those
 * that are likely the ones that are not cached. They wait beside the cache, which does not change;
 * wrong ones are thrown away. Reused from layer to layer; not safe for use by many threads.
 */
final class ExpertGuess {
  private final LikelyExperts source;
  private final int[] read;
  private final UnitSet wanted;
  private int[] likely = LikelyExperts.NONE;
  private int readCount;
  private Count count = new Count(0, 0, 0, 0);

  /**
   * @param experts the number E of a layer
   */
  ExpertGuess(LikelyExperts source, int experts) {
    this.source = source;
    this.read = new int[experts];
    this.wanted = new UnitSet(experts);
  }

  /**
   * The guesses of a kind of speculation.
   *
   * @throws io.dipper.error.UserException if the recording lacks what they need
   */
  static ExpertGuess of(Speculation kind, Recording recording, ExpertUnits units) {
    LikelyExperts source =
        switch (kind) {
          case PREVIOUS_TOKEN -> new PreviousToken(units.layerCount());
          case HOT_EXPERTS -> new HotExperts(recording);
          case ROUTER_AHEAD -> new RouterAhead(recording);
          case NO_SPECULATION -> LikelyExperts.NOTHING;
          case PREVIOUS_LAYER, LOOK_AHEAD, UNRECOGNIZED ->
              throw new IllegalArgumentException(kind + " guesses no experts");
        };
    return new ExpertGuess(source, units.experts());
  }

  /** A sequence begins. */
  void begin() {
    source.begin();
  }

  /** Guesses for a layer, once the layer before has chosen and before that is played. */
  void foresee(Steps.Step step, int layer, IntPredicate cached) {
    likely = step.decode() ? source.of(layer, step.row()) : LikelyExperts.NONE;
    readCount = 0;
    for (int expert : likely) {
      if (!cached.test(expert)) {
        read[readCount++] = expert;
      }
    }
  }

  /** The layer has chosen: now it is known which were right. */
  void settle(int layer, Batch batch) {
    wanted.clear();
    for (int i = 0; i < batch.count() && likely.length > 0; i++) {
      wanted.add(batch.units()[i]);
    }
    int likelyRight = right(likely, likely.length);
    count = new Count(likely.length, likelyRight, readCount, right(read, readCount));
    likely = LikelyExperts.NONE; // what a source returned is valid until it learns more
    source.chosen(layer, batch);
  }

  private int right(int[] experts, int end) {
    int right = 0;
    for (int i = 0; i < end; i++) {
      right += wanted.contains(experts[i]) ? 1 : 0;
    }
    return right;
  }

  /** What was guessed, and how much of it was right. */
  Count count() {
    return count;
  }

  /** Copies the experts that were read and not wanted to a place of an array. */
  void copyWrong(int[] to, int at) {
    int next = at;
    for (int i = 0; i < readCount; i++) {
      if (!wanted.contains(read[i])) {
        to[next++] = read[i];
      }
    }
  }
}
