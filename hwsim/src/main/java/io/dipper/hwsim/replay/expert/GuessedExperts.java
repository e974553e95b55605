package io.dipper.hwsim.replay.expert;

import java.util.Arrays;
import java.util.stream.IntStream;

/** What was read on a guess, place by place: a place is a step and a layer. */
public final class GuessedExperts {
  private static final Count NONE = new Count(0, 0, 0, 0);

  private final Count[] counts;
  private final int[] wrongFrom;
  private int[] wrong = new int[64];

  /**
   * @param places 0 where nothing is guessed
   */
  GuessedExperts(int places) {
    this.counts = new Count[places];
    this.wrongFrom = new int[places + 1];
  }

  /**
   * What a guess named for one layer of a token.
   *
   * @param likely experts that it named, cached or not
   * @param likelyRight of them that the token took
   * @param guessed experts that were read for it, those of them that were not cached
   * @param guessedRight of these that the token took
   */
  public record Count(int likely, int likelyRight, int guessed, int guessedRight) {}

  /** Enters a guess whose truth is known; places come in order. */
  void record(int place, ExpertGuess guess) {
    if (counts.length == 0) {
      return;
    }
    counts[place] = guess.count();
    int end = wrongFrom[place];
    int more = guess.count().guessed() - guess.count().guessedRight();
    if (end + more > wrong.length) {
      wrong = Arrays.copyOf(wrong, 2 * wrong.length + more);
    }
    guess.copyWrong(wrong, end);
    wrongFrom[place + 1] = end + more;
  }

  Count of(int place) {
    return counts.length == 0 ? NONE : counts[place];
  }

  IntStream wrong(int place) {
    return counts.length == 0
        ? IntStream.empty()
        : Arrays.stream(wrong, wrongFrom[place], wrongFrom[place + 1]);
  }
}
