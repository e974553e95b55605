package io.dipper.cli.command;

import io.dipper.hwsim.study.result.PointRow;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The first line of what is said of devices of which nothing is known: all their numbers are
 * assumed.
 */
final class AssumedNote {
  private AssumedNote() {}

  /** Says so of a point's device. */
  static void print(PointRow row, PrintWriter out) {
    print(List.of(row), out);
  }

  /** Says so of the devices of points, all in one line; nothing where there is none. */
  static void print(List<PointRow> rows, PrintWriter out) {
    String devices =
        rows.stream()
            .filter(row -> isAssumed(row.time().assumedShare()))
            .map(PointRow::hardware)
            .distinct()
            .collect(Collectors.joining(", "));
    if (!devices.isEmpty()) {
      out.println(text(devices));
    }
  }

  static String text(String devices) {
    return devices + ": every number is assumed, none measured";
  }

  static boolean isAssumed(@Nullable Double share) {
    return share != null && share == 1;
  }
}
