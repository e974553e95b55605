package io.dipper.trace;

import io.dipper.error.UserException;
import io.dipper.files.InputFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Reads the units that some tool selected: an Arrow IPC file with the columns {@code token} int32,
 * {@code layer} int32, {@code group} utf8 and {@code units} list of int32, a row for every token,
 * layer and group, in any order.
 */
public final class MaskFile {
  private static final Map<String, String> COLUMNS =
      Map.of("token", "int32", "layer", "int32", "group", "utf8", "units", "list<int32>");

  /** The most tokens of a file, so that no index overflows, whatever it says. */
  private static final int MOST_TOKENS = 1 << 26;

  private final Path file;
  private final int layers;
  private final Map<String, Integer> sizes;
  private final MaskTable table;
  private long row;

  private MaskFile(Path file, int layers, Map<String, Integer> sizes) {
    this.file = file;
    this.layers = layers;
    this.sizes = sizes;
    this.table = new MaskTable(layers);
  }

  /**
   * Reads a file.
   *
   * @param layers of the model
   * @param sizes the number of units of each group that there may be
   * @throws UserException if it is no such file, or lacks a token in some layer
   */
  public static MaskTable read(Path file, int layers, Map<String, Integer> sizes) {
    return new MaskFile(file, layers, sizes).read();
  }

  private MaskTable read() {
    InputFiles.requireFile(file, "a file of masks");
    try (FileChannel channel = FileChannel.open(file)) {
      ArrowFile.requireMagic(file, channel);
      RootAllocator memory = new RootAllocator(memoryFor(channel.size()));
      try (ArrowFileReader reader = new ArrowFileReader(channel, memory)) {
        checkSchema(reader.getVectorSchemaRoot().getSchema());
        while (reader.loadNextBatch()) {
          readBatch(reader.getVectorSchemaRoot());
        }
      }
      memory.close(); // after damage not: the library would print what it lost track of
    } catch (UserException e) {
      throw e;
    } catch (IOException e) {
      throw UserException.unreadable(file, e);
    } catch (RuntimeException e) {
      throw new UserException(
          file + ": is damaged, or compressed; write it whole and without compression", e);
    }
    checkWhole();
    return table;
  }

  /** The memory that a file of a size can need at most, so that damaged lengths take no more. */
  private static long memoryFor(long size) {
    return Math.max(1 << 20, 4 * size);
  }

  private void checkSchema(Schema schema) {
    for (String name : COLUMNS.keySet().stream().sorted().toList()) {
      String found =
          schema.getFields().stream()
              .filter(field -> field.getName().equals(name))
              .map(MaskFile::type)
              .findFirst()
              .orElseThrow(() -> UserException.in(file, "has no column " + name + "; " + wanted()));
      if (!found.equals(COLUMNS.get(name))) {
        throw UserException.in(file, "column " + name + " is " + found + "; " + wanted());
      }
    }
  }

  private static String wanted() {
    return "want token int32, layer int32, group utf8, units list<int32>";
  }

  /** A column's type as Arrow's documents write it. */
  private static String type(Field field) {
    ArrowType type = field.getType();
    if (type instanceof ArrowType.Int integer) {
      return (integer.getIsSigned() ? "int" : "uint") + integer.getBitWidth();
    }
    String name = type.getTypeID().name().toLowerCase(Locale.ROOT);
    if (field.getDictionary() != null) {
      return "dictionary<" + name + ">";
    }
    return field.getChildren().isEmpty()
        ? name
        : name
            + field.getChildren().stream()
                .map(MaskFile::type)
                .collect(Collectors.joining(", ", "<", ">"));
  }

  private void readBatch(VectorSchemaRoot batch) {
    IntVector tokens = (IntVector) batch.getVector("token");
    IntVector layer = (IntVector) batch.getVector("layer");
    VarCharVector groups = (VarCharVector) batch.getVector("group");
    ListVector units = (ListVector) batch.getVector("units");
    IntVector unit = (IntVector) units.getDataVector();
    for (int r = 0; r < batch.getRowCount(); r++, row++) {
      if (tokens.isNull(r) || layer.isNull(r) || groups.isNull(r) || units.isNull(r)) {
        throw error("has a null");
      }
      String group = groups.getObject(r).toString();
      Integer size = sizes.get(group);
      if (size == null) {
        String known = sizes.keySet().stream().sorted().collect(Collectors.joining(", "));
        throw error("group is '" + group + "', want one of " + known);
      }
      int l = in("layer", layer.get(r), layers);
      int token = in("token", tokens.get(r), MOST_TOKENS);
      if (table.has(group, l, token)) {
        throw error("token " + token + ", layer " + l + ", group " + group + " is there already");
      }
      long[] words = new long[(size + 63) >>> 6];
      for (int i = units.getElementStartIndex(r); i < units.getElementEndIndex(r); i++) {
        if (unit.isNull(i)) {
          throw error("has a null among its units");
        }
        int u = in("unit", unit.get(i), size);
        if ((words[u >>> 6] >>> u & 1) != 0) {
          throw error("unit " + u + " is there twice");
        }
        words[u >>> 6] |= 1L << u;
      }
      table.add(group, l, token, words);
    }
  }

  private int in(String what, int value, int size) {
    if (value < 0 || value >= size) {
      throw error(what + " is " + value + ", want 0 to " + (size - 1));
    }
    return value;
  }

  private UserException error(String what) {
    return UserException.in(file, "row " + row + ": " + what);
  }

  private void checkWhole() {
    if (table.tokens() == 0) {
      throw UserException.in(file, "has no rows");
    }
    for (String group : table.groups()) {
      for (int layer = 0; layer < layers; layer++) {
        for (int token = 0; token < table.tokens(); token++) {
          if (!table.has(group, layer, token)) {
            throw UserException.in(
                file,
                "lacks token %d in layer %d of group %s; want every token in each of %d layers"
                    .formatted(token, layer, group, layers));
          }
        }
      }
    }
  }
}
