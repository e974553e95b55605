package io.dipper.tracegen.corpus;

import io.dipper.error.UserException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a text: of every {@code of} blocks one. Parts of the same number are disjoint, each is
 * spread over the whole text, and together they are all of it: what is fitted on one can be tested
 * on another.
 *
 * @param index which of them, from 1
 * @param of how many parts there are
 */
public record Part(int index, int of) {
  /** The whole text. */
  public static final Part WHOLE = new Part(1, 1);

  private static final Pattern PATTERN = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");

  /**
   * Reads {@code 1/2}.
   *
   * @throws UserException if it is no such part
   */
  public static Part parse(String text) {
    Matcher matcher = PATTERN.matcher(text);
    if (matcher.matches()) {
      Part part = new Part(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
      if (part.index >= 1 && part.index <= part.of) {
        return part;
      }
    }
    throw new UserException("part " + text + ": must be I/N with I from 1 to N, like 1/2");
  }

  /**
   * The tokens of this part.
   *
   * @param tokens of the whole text; a last block that is not whole belongs to no part
   * @param blockLength in tokens
   */
  int[] of(int[] tokens, int blockLength) {
    if (equals(WHOLE)) {
      return tokens;
    }
    int blocks = tokens.length / blockLength;
    int mine = (blocks - index + of) / of;
    int[] taken = new int[mine * blockLength];
    for (int b = 0; b < mine; b++) {
      int from = (index - 1 + b * of) * blockLength;
      System.arraycopy(tokens, from, taken, b * blockLength, blockLength);
    }
    return taken;
  }
}
