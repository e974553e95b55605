package io.dipper.hwsim.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a row: the columns that it takes, and how it is taken apart and put together.
 *
 * @param <P> the type of the part
 */
public interface RowPart<P> {
  /** The columns, in order. */
  List<Column> columns();

  /** What a part has in each column, in order; null where nothing. */
  List<@Nullable Object> values(P part);

  /** The part that has these values, one per column. */
  P of(List<@Nullable Object> values);
}
