package io.dipper.hwsim.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a row type: its record components, named in snake case, those of nested records in
 * their place, in an order of its own where it has a {@link ColumnOrder}. Every file format takes
 * names, types and order from here.
 *
 * @param <R> the row type, with components of type String, boolean, int, long or double, boxes of
 *     the numbers, and parts made of these
 */
public final class Columns<R extends Record> {
  private static final Map<Class<?>, Columns<?>> KNOWN = new ConcurrentHashMap<>();

  private final RowPart<R> row;
  private final int[] order;
  private final List<Column> columns;
  private final List<String> names;

  private Columns(Class<R> type) {
    this.row = RecordPart.of(type);
    this.order = order(type, row.columns());
    this.columns = Arrays.stream(order).mapToObj(row.columns()::get).toList();
    this.names = columns.stream().map(Column::name).toList();
  }

  /** The columns of a row type. */
  @SuppressWarnings("unchecked")
  public static <R extends Record> Columns<R> of(Class<R> type) {
    return (Columns<R>) KNOWN.computeIfAbsent(type, t -> new Columns<>(type));
  }

  /** For each place in a file the place among the parts. */
  private static int[] order(Class<?> type, List<Column> parts) {
    ColumnOrder told = type.getAnnotation(ColumnOrder.class);
    List<String> first = told == null ? List.of() : List.of(told.value());
    List<String> all = parts.stream().map(Column::name).toList();
    if (!all.containsAll(first)) {
      throw new IllegalStateException(type + " orders columns that it has not");
    }
    return Stream.concat(first.stream(), all.stream().filter(name -> !first.contains(name)))
        .mapToInt(all::indexOf)
        .toArray();
  }

  /** The columns' names, in order. */
  public List<String> names() {
    return names;
  }

  /** All columns, in order. */
  List<Column> all() {
    return columns;
  }

  public Class<?> type(int column) {
    return columns.get(column).type();
  }

  /** Whether the column may be empty. */
  public boolean nullable(int column) {
    return columns.get(column).nullable();
  }

  /** What a row has in each column, in order. */
  public List<@Nullable Object> values(R of) {
    List<@Nullable Object> parts = row.values(of);
    List<@Nullable Object> values = new ArrayList<>();
    for (int place : order) {
      values.add(parts.get(place));
    }
    return values;
  }

  /** The row with these values, one per column. */
  public R row(List<@Nullable Object> values) {
    @Nullable Object[] parts = new @Nullable Object[order.length];
    for (int c = 0; c < order.length; c++) {
      parts[order[c]] = values.get(c);
    }
    return row.of(Arrays.asList(parts));
  }
}
