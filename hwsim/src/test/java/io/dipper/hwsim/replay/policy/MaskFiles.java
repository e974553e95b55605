package io.dipper.hwsim.replay.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Files of masks, written with Arrow's own writer. */
final class MaskFiles {
  /** A row of one. */
  record Row(int token, int layer, String group, int... units) {}

  private MaskFiles() {}

  /** Writes the rows in batches of at most so many. */
  static Path write(Path file, List<Row> rows, int batch) throws IOException {
    try (RootAllocator memory = new RootAllocator();
        IntVector token = new IntVector("token", memory);
        IntVector layer = new IntVector("layer", memory);
        VarCharVector group = new VarCharVector("group", memory);
        ListVector units = ListVector.empty("units", memory)) {
      FieldType int32 = FieldType.nullable(new ArrowType.Int(32, true));
      IntVector unit = (IntVector) units.addOrGetVector(int32).getVector();
      VectorSchemaRoot root = VectorSchemaRoot.of(token, layer, group, units);
      try (FileChannel channel =
              FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          ArrowFileWriter writer = new ArrowFileWriter(root, null, channel)) {
        writer.start();
        for (int first = 0; first < rows.size(); first += batch) {
          root.clear();
          List<Row> some = rows.subList(first, Math.min(rows.size(), first + batch));
          int count = 0;
          for (int r = 0; r < some.size(); r++) {
            Row row = some.get(r);
            token.setSafe(r, row.token());
            layer.setSafe(r, row.layer());
            group.setSafe(r, row.group().getBytes(UTF_8));
            units.startNewValue(r);
            for (int u : row.units()) {
              unit.setSafe(count++, u);
            }
            units.endValue(r, row.units().length);
          }
          root.setRowCount(some.size());
          writer.writeBatch();
        }
        writer.end();
      }
    }
    return file;
  }
}
