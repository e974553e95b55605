package io.dipper.hwsim.study.result;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dipper.hwsim.table.Cells;
import io.dipper.hwsim.table.Columns;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row as one JSON object: the columns of the tables, and what else is known of a point. */
public final class RowJson {
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build());

  private static final String GROUPS = "groups";

  private RowJson() {}

  /**
   * The object as indented text.
   *
   * @param members additional ones, e.g. {@code hits_x_by_layer}, in this order
   */
  public static String text(PointRow row, Map<String, ?> members) {
    ObjectNode object = object(row);
    members.forEach((name, value) -> object.set(name, JSON.valueToTree(value)));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rows as an array of objects, indented. */
  public static <R extends Record> String array(List<R> rows) {
    try {
      return JSON.writerWithDefaultPrettyPrinter()
          .writeValueAsString(rows.stream().map(RowJson::object).toList());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A point and its groups as one line of JSON: the point's object with a member {@code groups}.
   */
  public static String line(PointResult result) {
    ObjectNode object = object(result.point());
    object.set(GROUPS, JSON.valueToTree(result.groups().stream().map(RowJson::object).toList()));
    return text(object);
  }

  /** The point that such a line holds; empty where the text is not whole. */
  public static Optional<PointResult> parsePoint(String line) {
    try {
      JsonNode object = JSON.readTree(line);
      JsonNode groups = object.get(GROUPS);
      if (groups == null) {
        return Optional.empty();
      }
      List<GroupRow> rows = new ArrayList<>();
      for (JsonNode group : groups) {
        row(group, GroupRow.class).ifPresent(rows::add);
      }
      return rows.size() == groups.size()
          ? row(object, PointRow.class).map(point -> new PointResult(point, rows))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static <R extends Record> Optional<R> row(JsonNode object, Class<R> type) {
    Columns<R> columns = Columns.of(type);
    @Nullable Object[] values = new @Nullable Object[columns.names().size()];
    try {
      for (int c = 0; c < values.length; c++) {
        JsonNode value = object.get(columns.names().get(c));
        if (value == null) {
          return Optional.empty();
        }
        values[c] = value.isNull() ? null : Cells.parse(value.asText(), columns.type(c), false);
      }
      return Optional.of(columns.row(Arrays.asList(values)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String text(ObjectNode object) {
    try {
      return JSON.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A row of any table as a JSON object; null columns are JSON nulls. */
  @SuppressWarnings("unchecked")
  public static <R extends Record> ObjectNode object(R row) {
    Columns<R> columns = Columns.of((Class<R>) row.getClass());
    ObjectNode object = JSON.createObjectNode();
    List<@Nullable Object> values = columns.values(row);
    for (int c = 0; c < values.size(); c++) {
      object.putPOJO(columns.names().get(c), values.get(c));
    }
    return object;
  }
}
