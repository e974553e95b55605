package io.dipper.error;

import java.util.Locale;

/**
 * Text from files in a form that a terminal shows and never obeys: a control character is written
 * as its number, as Java and JSON write it (escape is {@code \u001b}).
 *
 * <p>Besides the control characters of ASCII and Latin-1 these are line and paragraph separators,
 * and the marks that reverse the direction of writing, which can make one text look like another.
 */
public final class Visible {
  private static final int LONGEST_SHORT_LINE = 80;

  private Visible() {}

  /** Text of several lines: line feeds and tabs stay what they are. */
  public static String text(String text) {
    return escaped(text, false);
  }

  /** Text for one line, such as a cell of a table: line feeds and tabs are written too. */
  public static String line(String text) {
    return escaped(text, true);
  }

  /** Text for one line of at most 80 characters; what is longer ends in an ellipsis. */
  public static String shortLine(String text) {
    int most = LONGEST_SHORT_LINE;
    String line = line(text.substring(0, Math.min(text.length(), most + 1)));
    return line.length() <= most ? line : line.substring(0, most - 1) + "…";
  }

  private static String escaped(String text, boolean oneLine) {
    StringBuilder out = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean layout = c == '\n' || c == '\t';
      if (layout ? oneLine : isHidden(c)) {
        out = out == null ? new StringBuilder(text.substring(0, i)) : out;
        out.append(number(c));
      } else if (out != null) {
        out.append(c);
      }
    }
    return out == null ? text : out.toString();
  }

  private static String number(char c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      case '\r' -> "\\r";
      default -> String.format(Locale.ROOT, "\\u%04x", (int) c);
    };
  }

  private static boolean isHidden(char c) {
    return Character.isISOControl(c)
        || c == '\u2028'
        || c == '\u2029'
        || c == '\u061c'
        || c == '\u200e'
        || c == '\u200f'
        || (c >= '\u202a' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069');
  }
}
