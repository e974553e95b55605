package io.dipper.config;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import io.dipper.proto.Provenance;
import io.dipper.proto.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.comments.CommentLine;
import org.snakeyaml.engine.v2.comments.CommentType;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Writes a protobuf message as the YAML that {@link MessageReader} reads back to an equal message:
 * quantities with units and provenance, every choice spelt out.
 */
public final class MessageWriter {
  private static final DumpSettings SETTINGS =
      DumpSettings.builder()
          .setDefaultFlowStyle(FlowStyle.BLOCK)
          .setDumpComments(true)
          .setWidth(1000)
          .setSplitLines(false)
          .build();

  private final Map<String, String> comments;

  private MessageWriter(Map<String, String> comments) {
    this.comments = comments;
  }

  /** The message as YAML text. */
  public static String write(Message message) {
    return write(message, Map.of());
  }

  /**
   * The message as YAML text with comments at the ends of lines, for lists of mappings before them.
   *
   * @param comments by the path of a field, e.g. {@code flash.latency}
   */
  public static String write(Message message, Map<String, String> comments) {
    Node root = new MessageWriter(comments).mapping(message, "");
    return new Present(SETTINGS)
        .emitToString(new Serialize(SETTINGS).serializeOne(root).iterator());
  }

  private Node mapping(MessageOrBuilder message, String path) {
    List<NodeTuple> entries = new ArrayList<>();
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (isWritten(message, field)) {
        entries.add(entry(field, message.getField(field), path + field.getName()));
      }
    }
    return new MappingNode(Tag.MAP, entries, FlowStyle.BLOCK);
  }

  private static boolean isWritten(MessageOrBuilder message, FieldDescriptor field) {
    if (field.isRepeated()) {
      return message.getRepeatedFieldCount(field) > 0;
    }
    if (field.hasPresence()) {
      return message.hasField(field);
    }
    return !message.getField(field).equals("");
  }

  private NodeTuple entry(FieldDescriptor field, Object value, String path) {
    Node node = field.isRepeated() ? list((List<?>) value, field, path) : node(value, field, path);
    Node key = text(field.getName());
    String comment = comments.get(path);
    if (comment != null) {
      comment(comment, key, node);
    }
    return new NodeTuple(key, node);
  }

  /** Puts a comment at the end of a line, or before the line where the value begins on the next. */
  private static void comment(String comment, Node key, Node value) {
    if (value instanceof SequenceNode list && list.getFlowStyle() == FlowStyle.BLOCK) {
      key.setBlockComments(List.of(line(comment, CommentType.BLOCK)));
    } else {
      value.setInLineComments(List.of(line(comment, CommentType.IN_LINE)));
    }
  }

  private static CommentLine line(String comment, CommentType type) {
    return new CommentLine(Optional.empty(), Optional.empty(), " " + comment, type);
  }

  private Node list(List<?> values, FieldDescriptor field, String path) {
    List<Node> items = new ArrayList<>();
    for (Object value : values) {
      items.add(node(value, field, path + "[]"));
    }
    boolean flow = field.getJavaType() != FieldDescriptor.JavaType.MESSAGE;
    return new SequenceNode(Tag.SEQ, items, flow ? FlowStyle.FLOW : FlowStyle.BLOCK);
  }

  private Node node(Object value, FieldDescriptor field, String path) {
    if (value instanceof Quantity quantity) {
      return quantity(quantity, Ranges.dimension(field));
    }
    if (value instanceof Message message) {
      return mapping(message, path + ".");
    }
    if (value instanceof EnumValueDescriptor choice) {
      return text(EnumNames.print(choice));
    }
    if (value instanceof Double number) {
      Dimension dimension = Ranges.has(field) ? Ranges.dimension(field) : Dimension.NUMBER;
      return plain(Units.print(number, dimension));
    }
    return value instanceof String string ? text(string) : plain(value.toString());
  }

  private static Node quantity(Quantity quantity, Dimension dimension) {
    Node value = plain(Units.print(quantity.getValue(), dimension));
    if (quantity.getProvenance() == Provenance.ASSUMED
        && quantity.getSource().isEmpty()
        && !quantity.hasRange()) {
      return value;
    }
    List<NodeTuple> entries = new ArrayList<>();
    entries.add(new NodeTuple(text("value"), value));
    if (quantity.hasRange()) {
      List<Node> ends =
          List.of(
              plain(Units.print(quantity.getRange().getLow(), dimension)),
              plain(Units.print(quantity.getRange().getHigh(), dimension)));
      entries.add(new NodeTuple(text("range"), new SequenceNode(Tag.SEQ, ends, FlowStyle.FLOW)));
    }
    EnumValueDescriptor from = quantity.getProvenance().getValueDescriptor();
    entries.add(new NodeTuple(text("from"), text(EnumNames.print(from))));
    if (!quantity.getSource().isEmpty()) {
      entries.add(new NodeTuple(text("source"), quoted(quantity.getSource())));
    }
    return new MappingNode(Tag.MAP, entries, FlowStyle.FLOW);
  }

  /** A text; quoted by the emitter where it would otherwise be read as something else. */
  private static Node text(String text) {
    return new ScalarNode(Tag.STR, text, ScalarStyle.PLAIN);
  }

  private static Node quoted(String text) {
    return new ScalarNode(Tag.STR, text, ScalarStyle.DOUBLE_QUOTED);
  }

  private static Node plain(String text) {
    Tag tag = SETTINGS.getSchema().getScalarResolver().resolve(text, true);
    return new ScalarNode(tag, text, ScalarStyle.PLAIN);
  }
}
