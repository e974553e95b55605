package io.dipper.cli.console;

import io.dipper.error.Visible;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * A terminal that obeys nobody: what commands print may quote files (keys, names, tokens, texts of
 * YAML), and control characters in it come out as their numbers.
 *
 * <p>Line ends and tabs pass; so does a carriage return before a line feed.
 */
public final class VisibleWriter extends FilterWriter {
  private VisibleWriter(Writer out) {
    super(out);
  }

  /**
   * A writer through which nothing reaches another but visible text.
   *
   * @param flushes whether each line is sent on at once
   */
  public static PrintWriter on(Writer out, boolean flushes) {
    return new PrintWriter(new VisibleWriter(out), flushes);
  }

  @Override
  public void write(int c) throws IOException {
    write(String.valueOf((char) c), 0, 1);
  }

  @Override
  public void write(char[] characters, int offset, int length) throws IOException {
    write(new String(characters, offset, length), 0, length);
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    String part = text.substring(offset, offset + length);
    String[] lines = part.split("\r\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (i > 0) {
        out.write("\r\n");
      }
      out.write(Visible.text(lines[i]));
    }
  }
}
