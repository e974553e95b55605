package io.dipper.hwsim.replay.layout;

import io.dipper.config.Nearest;
import io.dipper.error.UserException;
import io.dipper.proto.LayoutKind;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The layouts there are, and their names. */
public final class Layouts {
  private static final List<LayoutKind> KINDS =
      List.of(LayoutKind.COLUMN_MAJOR, LayoutKind.BUNDLED, LayoutKind.ROW_MAJOR);

  private Layouts() {}

  /** The layout of a kind. */
  public static Layout of(LayoutKind kind) {
    return switch (kind) {
      case BUNDLED -> new Bundled();
      case ROW_MAJOR -> new RowMajor();
      case COLUMN_MAJOR, UNRECOGNIZED -> new ColumnMajor();
    };
  }

  /**
   * The kind of a name, {@code column-major}, {@code bundled} or {@code row-major}.
   *
   * @throws UserException if there is none
   */
  public static LayoutKind parse(String name) {
    return KINDS.stream()
        .filter(kind -> print(kind).equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  /** The name of a kind. */
  public static String print(LayoutKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static UserException unknown(String name) {
    Stream<String> names = KINDS.stream().map(Layouts::print);
    return new UserException(
        "unknown layout '" + name + "'; " + Nearest.hint(name, names.toList()));
  }
}
