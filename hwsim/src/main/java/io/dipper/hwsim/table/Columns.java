package io.dipper.hwsim.table;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a row type: its record components, named in snake case. Every file format takes
 * names and order from here.
 *
 * @param <R> the row type, with components of type String, boolean, int, long or double, or boxes
 *     of the numbers
 */
public final class Columns<R extends Record> {
  private final Class<R> type;
  private final RecordComponent[] components;
  private final List<String> names;

  private Columns(Class<R> type) {
    this.type = type;
    this.components = type.getRecordComponents();
    this.names = Arrays.stream(components).map(c -> snakeCase(c.getName())).toList();
  }

  public static <R extends Record> Columns<R> of(Class<R> type) {
    return new Columns<>(type);
  }

  /** The columns' names, in order. */
  public List<String> names() {
    return names;
  }

  public Class<?> type(int column) {
    return components[column].getType();
  }

  /** Whether the column may be empty. */
  public boolean nullable(int column) {
    return !type(column).isPrimitive()
        && Stream.of(components[column].getAnnotatedType().getAnnotations())
            .anyMatch(a -> a.annotationType() == Nullable.class);
  }

  public @Nullable Object value(R row, int column) {
    try {
      return components[column].getAccessor().invoke(row);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The row with these values, one per column. */
  public R row(@Nullable Object[] values) {
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A row that differs from another in one column. */
  public Change with(R row, String column, @Nullable Object value) {
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int c = 0; c < values.length; c++) {
      values[c] = value(row, c);
    }
    return new Change(values).with(column, value);
  }

  /** Values of a row in the making. */
  public final class Change {
    private final @Nullable Object[] values;

    private Change(@Nullable Object[] values) {
      this.values = values;
    }

    public Change with(String column, @Nullable Object value) {
      values[names.indexOf(column)] = value;
      return this;
    }

    public R row() {
      return Columns.this.row(values);
    }
  }

  private static String snakeCase(String name) {
    return name.replaceAll("(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }
}
