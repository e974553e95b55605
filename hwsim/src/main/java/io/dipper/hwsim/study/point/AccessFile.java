package io.dipper.hwsim.study.point;

import io.dipper.error.UserException;
import io.dipper.files.AtomicFile;
import io.dipper.files.FileKind;
import io.dipper.files.OutputFile;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.AccessLog;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.hwsim.table.CsvTable;
import io.dipper.hwsim.table.ParquetTable;
import io.dipper.hwsim.time.timeline.RunFiles;
import io.dipper.hwsim.time.timeline.TokenRange;
import io.dipper.proto.LayoutKind;
import io.dipper.registry.Trait;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A file of what some tokens of a point do with every unit, see {@link AccessRow}: Parquet where
 * its name ends in {@code .parquet}, else CSV.
 *
 * @param tokens null for the first {@value RunFiles#DEFAULT_TOKENS}, or all if there are fewer
 */
public record AccessFile(Path file, @Nullable TokenRange tokens) {
  private static final String ARTICLE = "a log of accesses";
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int FOOTER_BYTES = 1 << 16;

  private static final FileKind CSV =
      FileKind.ofText(ARTICLE, text -> text.startsWith("token,layer,group,unit,kind,"));
  private static final FileKind PARQUET = new FileKind(ARTICLE, AccessFile::isParquet);

  /**
   * An empty log of the tokens.
   *
   * @throws UserException if a token does not exist, or the point reads no units, or experts
   */
  AccessLog begin(PlannedPoint point, int all) {
    if (Experts.in(point.config().getModel())) {
      throw new UserException(
          "accesses are written of columns, and these are experts; --tokens-out has them by token");
    }
    if (Caches.has(point.config().getCache(), Trait.PAGED)) {
      throw new UserException(
          "accesses: cache "
              + point.config().getCache().getPolicy()
              + " reads pages, and the file lists units; choose a cache of units");
    }
    if (point.config().getLayout() == LayoutKind.AS_STORED) {
      throw new UserException(
          "accesses: layout as-stored reads blocks of several units, and the file lists units;"
              + " choose another layout");
    }
    TokenRange range =
        tokens == null
            ? new TokenRange(0, Math.min(RunFiles.DEFAULT_TOKENS, all) - 1)
            : tokens.within(all);
    return new AccessLog(
        range.first(),
        range.last() - range.first() + 1,
        point.config().getModel().getLayers(),
        point.policy().groups().size());
  }

  /**
   * Replays a point, and writes or replaces the file.
   *
   * @param replay fills the log; made when the file can be written
   * @return what was replayed
   * @throws UserException if nothing was logged, because there is no trace, or it cannot be written
   */
  Demand write(PlannedPoint point, AccessLog log, Supplier<Demand> replay) {
    boolean parquet = Objects.toString(file.getFileName()).endsWith(".parquet");
    List<Demand> result = new ArrayList<>(1);
    AtomicFile.write(
        file,
        OutputFile.Existing.REPLACED,
        parquet ? PARQUET : CSV,
        out -> {
          result.add(replay.get());
          List<AccessLog.Entry> entries = log.entries();
          if (entries.isEmpty()) {
            throw new UserException("accesses: a shape selects no units one by one; give a trace");
          }
          if (parquet) {
            List<AccessRow> rows = new ArrayList<>();
            each(point, entries, rows::add);
            ParquetTable.write(out, AccessRow.class, rows);
          } else {
            writeCsv(point, entries, out);
          }
        });
    return result.get(0);
  }

  private static void writeCsv(PlannedPoint point, List<AccessLog.Entry> entries, OutputStream out)
      throws IOException {
    try {
      CsvTable.Lines<AccessRow> lines = CsvTable.lines(out, AccessRow.class);
      each(point, entries, lines::write);
      lines.flush();
    } catch (UncheckedIOException e) {
      throw Objects.requireNonNull(e.getCause());
    }
  }

  private static void each(
      PlannedPoint point, List<AccessLog.Entry> entries, Consumer<AccessRow> to) {
    AccessRows rows = new AccessRows(point, to);
    entries.forEach(rows::add);
  }

  /** Its footer, which names the columns, comes last. */
  private static boolean isParquet(InputStream in) throws IOException {
    if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
      return false;
    }
    in.skipNBytes(Math.max(0, in.available() - FOOTER_BYTES));
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).contains("stride_bytes");
  }
}
