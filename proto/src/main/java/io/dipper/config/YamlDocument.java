package io.dipper.config;

import io.dipper.error.UserException;
import io.dipper.files.InputFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A strict reader of YAML: UTF-8, one document, every key once, no anchors, aliases or tags, nested
 * at most 32 deep, at most 1 MiB. Every violation is a {@link UserException} with its place.
 */
public final class YamlDocument {
  private static final int LARGEST_FILE = 1 << 20;

  private final String name;

  private YamlDocument(String name) {
    this.name = name;
  }

  /** The root of a file. */
  public static YamlNode read(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw UserException.in(file, "is a directory; name a YAML file");
      }
      return parse(file.toString(), InputFiles.read(file, LARGEST_FILE));
    } catch (NoSuchFileException e) {
      throw new UserException(file + ": there is no such file", e);
    } catch (IOException e) {
      throw UserException.unreadable(file, e);
    }
  }

  /**
   * The root of a document in memory.
   *
   * @param name the name of the document in error messages
   */
  public static YamlNode parse(String name, byte[] utf8) {
    return parse(name, decode(name, utf8));
  }

  /** The root of a document in memory. */
  public static YamlNode parse(String name, String text) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(name).setAllowNonScalarKeys(true).build();
    YamlRules.check(name, text, settings);
    Node root = new Compose(settings).composeString(text).orElseThrow();
    return new YamlDocument(name).view(root);
  }

  private YamlNode view(Node node) {
    if (node instanceof ScalarNode scalar) {
      return new YamlScalar(at(node), scalar.getValue(), scalar.isPlain());
    }
    if (node instanceof SequenceNode sequence) {
      List<YamlNode> items = new ArrayList<>();
      sequence.getValue().forEach(item -> items.add(view(item)));
      return new YamlSequence(at(node), items);
    }
    return mapping((MappingNode) node);
  }

  private YamlMapping mapping(MappingNode node) {
    Map<String, YamlNode> values = new LinkedHashMap<>();
    Map<String, Location> keys = new LinkedHashMap<>();
    for (NodeTuple entry : node.getValue()) {
      Location keyAt = at(entry.getKeyNode());
      if (!(entry.getKeyNode() instanceof ScalarNode scalar)) {
        throw keyAt.error("a key must be a single word, not a list or mapping");
      }
      String key = scalar.getValue();
      Location before = keys.putIfAbsent(key, keyAt);
      if (before != null) {
        throw keyAt.error(
            "the key '" + key + "' is already at line " + before.line() + "; keep one of them");
      }
      values.put(key, view(entry.getValueNode()));
    }
    return new YamlMapping(at(node), values, keys);
  }

  private Location at(Node node) {
    Mark mark = node.getStartMark().orElseThrow();
    return new Location(name, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static String decode(String name, byte[] utf8) {
    ByteBuffer in = ByteBuffer.wrap(utf8);
    CharBuffer out = CharBuffer.allocate(utf8.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      throw YamlRules.end(name, text)
          .error(
              String.format(
                  "the byte 0x%02x is not UTF-8; save the file as UTF-8", in.get() & 0xff));
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
