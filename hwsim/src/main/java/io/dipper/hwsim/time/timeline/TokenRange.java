package io.dipper.hwsim.time.timeline;

import io.dipper.error.UserException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tokens that follow one another, counted from 0 over all sequences, the last one included. */
public record TokenRange(int first, int last) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9})(?:\\.\\.(\\d{1,9}))?");

  /**
   * A range as on the command line: {@code 0..9}, or one token.
   *
   * @throws UserException if it is none
   */
  public static TokenRange parse(String text) {
    Matcher match = TEXT.matcher(text);
    if (!match.matches()) {
      throw new UserException("'" + text + "' is no range of tokens; write 0..9, or 7 for one");
    }
    int first = Integer.parseInt(match.group(1));
    int last = match.group(2) == null ? first : Integer.parseInt(match.group(2));
    if (last < first) {
      throw new UserException(
          "the range of tokens " + text + " ends before it begins; write " + last + ".." + first);
    }
    return new TokenRange(first, last);
  }

  /** The part of the range that a run of so many tokens has; what was asked for must exist. */
  public TokenRange within(int tokens) {
    if (last >= tokens) {
      throw new UserException(
          "there is no token " + last + "; the trace has " + tokens + ", 0.." + (tokens - 1));
    }
    return this;
  }

  boolean contains(int token) {
    return token >= first && token <= last;
  }
}
