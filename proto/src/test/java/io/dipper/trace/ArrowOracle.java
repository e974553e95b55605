package io.dipper.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** A trace as Arrow's own file reader sees it: the oracle of {@link TraceReader}. */
record ArrowOracle(
    Schema schema,
    Map<String, String> footer,
    List<Integer> batchRows,
    List<Integer> sequence,
    List<Integer> position,
    List<Integer> token,
    List<Float> nll,
    Map<String, List<short[]>> sites,
    Map<String, List<Object>> others) {

  static ArrowOracle read(Path file) {
    try (BufferAllocator allocator = new RootAllocator();
        FileChannel channel = FileChannel.open(file);
        ArrowFileReader reader = new ArrowFileReader(channel, allocator)) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      ArrowOracle oracle =
          new ArrowOracle(
              root.getSchema(),
              reader.getMetaData(),
              new ArrayList<>(),
              new ArrayList<>(),
              new ArrayList<>(),
              new ArrayList<>(),
              new ArrayList<>(),
              new HashMap<>(),
              new HashMap<>());
      while (reader.loadNextBatch()) {
        oracle.batchRows.add(root.getRowCount());
        for (int row = 0; row < root.getRowCount(); row++) {
          oracle.addRow(root, row);
        }
      }
      return oracle;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of a column that is not fp16, as lists of numbers. */
  List<Object> other(String name) {
    return Objects.requireNonNull(others.get(name), name);
  }

  /** An fp16 column's rows. */
  List<short[]> site(String name) {
    return Objects.requireNonNull(sites.get(name), name);
  }

  private void addRow(VectorSchemaRoot root, int row) {
    sequence.add(((IntVector) root.getVector("sequence")).get(row));
    position.add(((IntVector) root.getVector("position")).get(row));
    token.add(((IntVector) root.getVector("token")).get(row));
    Float4Vector losses = (Float4Vector) root.getVector("nll");
    nll.add(losses.isNull(row) ? Float.NaN : losses.get(row));
    for (FieldVector vector : root.getFieldVectors()) {
      if (!(vector instanceof FixedSizeListVector list)) {
        continue;
      }
      if (list.getDataVector() instanceof Float2Vector values) {
        short[] out = new short[list.getListSize()];
        for (int i = 0; i < out.length; i++) {
          out[i] = values.get(row * out.length + i);
        }
        sites.computeIfAbsent(vector.getName(), name -> new ArrayList<>()).add(out);
      } else {
        others
            .computeIfAbsent(vector.getName(), name -> new ArrayList<>())
            .add(list.getObject(row));
      }
    }
  }
}
