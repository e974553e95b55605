package io.dipper.cli.console;

import io.dipper.error.Visible;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of text under aligned headings; columns of numbers are set to the right. */
public final class Table {
  private static final String GAP = "  ";

  private final List<String[]> rows = new ArrayList<>();

  public Table(String... headings) {
    rows.add(headings.clone());
  }

  /** Adds a row with one cell for each heading. */
  public Table row(Object... cells) {
    if (cells.length != rows.get(0).length) {
      throw new IllegalArgumentException(
          cells.length + " cells under " + rows.get(0).length + " headings");
    }
    // A line feed from a file would put a row there that nobody wrote.
    rows.add(Arrays.stream(cells).map(String::valueOf).map(Visible::line).toArray(String[]::new));
    return this;
  }

  public void print(PrintWriter out) {
    int columns = rows.get(0).length;
    int[] widths = new int[columns];
    boolean[] numbers = new boolean[columns];
    Arrays.fill(numbers, true);
    for (int r = 0; r < rows.size(); r++) {
      for (int c = 0; c < columns; c++) {
        String cell = rows.get(r)[c];
        widths[c] = Math.max(widths[c], cell.length());
        numbers[c] &= r == 0 || isNumber(cell);
      }
    }
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        String padding = " ".repeat(widths[c] - row[c].length());
        line.append(c == 0 ? "" : GAP);
        line.append(numbers[c] ? padding + row[c] : row[c] + padding);
      }
      out.println(line.toString().stripTrailing());
    }
  }

  /** A number, perhaps with a sign or a percent sign; or a cell that has none to show. */
  private static boolean isNumber(String cell) {
    return cell.isEmpty() || cell.equals("-") || cell.matches("[+-]?[0-9][0-9,]*(\\.[0-9]+)?%?");
  }
}
