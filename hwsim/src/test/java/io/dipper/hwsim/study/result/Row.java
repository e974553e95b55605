package io.dipper.hwsim.study.result;

import io.dipper.hwsim.table.Columns;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A row for tests in the making: columns by name, the others empty or 0. */
public final class Row {
  private static final Columns<PointRow> COLUMNS = Columns.of(PointRow.class);

  private final @Nullable Object[] values = new @Nullable Object[COLUMNS.names().size()];

  /** A row whose columns are all empty, or 0 where they cannot be. */
  public Row() {
    for (int column = 0; column < values.length; column++) {
      values[column] = COLUMNS.nullable(column) ? null : zero(COLUMNS.type(column));
    }
  }

  /** Sets a column, by its name in the files; a value is of the column's type. */
  public Row with(String column, @Nullable Object value) {
    values[COLUMNS.names().indexOf(column)] = value;
    return this;
  }

  /** The row. */
  public PointRow make() {
    return COLUMNS.row(Arrays.asList(values));
  }

  private static Object zero(Class<?> type) {
    if (type == String.class) {
      return "";
    }
    return type == long.class ? (Object) 0L : 0.0;
  }
}
