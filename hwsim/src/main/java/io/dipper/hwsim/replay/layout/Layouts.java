package io.dipper.hwsim.replay.layout;

import io.dipper.proto.LayoutKind;
import io.dipper.registry.Description;
import io.dipper.registry.Registry;

/** The layouts there are, the default first. */
public final class Layouts {
  public static final Registry<LayoutKind> ALL =
      Registry.of(
          "layout",
          Description.of("column-major", "each matrix by itself, unit by unit", "-")
              .by(LayoutKind.COLUMN_MAJOR),
          Description.of("bundled", "what a mask's matrices have of a unit lies side by side", "-")
              .by(LayoutKind.BUNDLED),
          Description.of(
                  "row-major",
                  "each matrix row by row, so that a column has one weight in every row",
                  "-")
              .by(LayoutKind.ROW_MAJOR),
          Description.of(
                  "as-stored",
                  "as a model file has them: row by row, each row in blocks that are read whole",
                  "-")
              .by(LayoutKind.AS_STORED),
          Description.of(
                  "auto", "the fastest of column-major and bundled, of orders and of gaps", "-")
              .by(LayoutKind.AUTO));

  private Layouts() {}

  /** The layout of a kind. */
  public static Layout of(LayoutKind kind) {
    return switch (kind) {
      case BUNDLED -> new Bundled();
      case ROW_MAJOR -> new RowMajor(false);
      case AS_STORED -> new RowMajor(true);
      case AUTO -> throw new IllegalArgumentException("auto is several layouts, not one");
      case COLUMN_MAJOR, UNRECOGNIZED -> new ColumnMajor();
    };
  }
}
