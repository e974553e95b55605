package io.dipper.hwsim.table;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record as a part of a row: a column for each component, named in snake case; those of a
 * component that is a part itself in its place.
 */
final class RecordPart<P extends Record> implements RowPart<P> {
  private final Constructor<P> constructor;
  private final List<RecordComponent> components;
  private final List<Piece> parts;
  private final List<Column> columns;

  private RecordPart(Class<P> type) {
    this.constructor = constructor(type);
    this.components = List.of(type.getRecordComponents());
    this.parts = components.stream().map(RecordPart::piece).toList();
    this.columns = parts.stream().flatMap(part -> part.columns().stream()).toList();
  }

  /** The columns of a record type. */
  static <P extends Record> RowPart<P> of(Class<P> type) {
    return new RecordPart<>(type);
  }

  private static <P extends Record> Constructor<P> constructor(Class<P> type) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Piece piece(RecordComponent component) {
    InColumns told = component.getType().getAnnotation(InColumns.class);
    if (told != null) {
      return new Nested<>(instance(told.value()));
    }
    return component.getType().isRecord()
        ? new Nested<>(RecordPart.of(component.getType().asSubclass(Record.class)))
        : Cell.of(component);
  }

  private static RowPart<?> instance(Class<? extends RowPart<?>> type) {
    try {
      return type.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public List<@Nullable Object> values(P part) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int c = 0; c < parts.size(); c++) {
      values.addAll(parts.get(c).values(component(part, c)));
    }
    return values;
  }

  private @Nullable Object component(P part, int index) {
    try {
      return components.get(index).getAccessor().invoke(part);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public P of(List<@Nullable Object> values) {
    @Nullable Object[] arguments = new @Nullable Object[parts.size()];
    int from = 0;
    for (int c = 0; c < arguments.length; c++) {
      int to = from + parts.get(c).columns().size();
      arguments[c] = parts.get(c).of(values.subList(from, to));
      from = to;
    }
    try {
      return constructor.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a component is in columns. */
  private interface Piece {
    List<Column> columns();

    List<@Nullable Object> values(@Nullable Object component);

    @Nullable Object of(List<@Nullable Object> values);
  }

  /** A component that is a part itself, and never null. */
  private record Nested<C>(RowPart<C> part) implements Piece {
    @Override
    public List<Column> columns() {
      return part.columns();
    }

    @Override
    @SuppressWarnings("unchecked")
    public List<@Nullable Object> values(@Nullable Object component) {
      return part.values((C) Objects.requireNonNull(component));
    }

    @Override
    public @Nullable Object of(List<@Nullable Object> values) {
      return part.of(values);
    }
  }

  /** A component that is one column. */
  private record Cell(Column column) implements Piece {
    static Cell of(RecordComponent component) {
      String name = component.getName().replaceAll("(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
      return new Cell(new Column(name, component.getType(), isNullable(component)));
    }

    private static boolean isNullable(RecordComponent component) {
      return !component.getType().isPrimitive()
          && Arrays.stream(component.getAnnotatedType().getAnnotations())
              .anyMatch(a -> a.annotationType() == Nullable.class);
    }

    @Override
    public List<Column> columns() {
      return List.of(column);
    }

    @Override
    public List<@Nullable Object> values(@Nullable Object component) {
      return Collections.singletonList(component);
    }

    @Override
    public @Nullable Object of(List<@Nullable Object> values) {
      return values.get(0);
    }
  }
}
