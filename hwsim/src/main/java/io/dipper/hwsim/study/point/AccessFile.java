package io.dipper.hwsim.study.point;

import io.dipper.error.UserException;
import io.dipper.files.AtomicFile;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.AccessLog;
import io.dipper.hwsim.table.CsvTable;
import io.dipper.hwsim.table.ParquetTable;
import io.dipper.hwsim.time.timeline.RunFiles;
import io.dipper.hwsim.time.timeline.TokenRange;
import io.dipper.registry.Trait;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file of what some tokens of a point do with every unit, see {@link AccessRow}: Parquet where
 * its name ends in {@code .parquet}, else CSV.
 *
 * @param tokens null for the first {@value RunFiles#DEFAULT_TOKENS}, or all if there are fewer
 */
public record AccessFile(Path file, @Nullable TokenRange tokens) {
  /**
   * An empty log of the tokens.
   *
   * @throws UserException if a token does not exist, or the point reads no units
   */
  AccessLog begin(PlannedPoint point, int all) {
    if (Caches.has(point.config().getCache(), Trait.PAGED)) {
      throw new UserException(
          "accesses: cache "
              + point.config().getCache().getPolicy()
              + " reads pages, and the file lists units; choose a cache of units");
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
   * Writes or replaces the file.
   *
   * @throws UserException if nothing was logged, because there is no trace, or it cannot be written
   */
  void write(PlannedPoint point, AccessLog log) {
    List<AccessLog.Entry> entries = log.entries();
    if (entries.isEmpty()) {
      throw new UserException("accesses: a shape selects no units one by one; give a trace");
    }
    if (Objects.toString(file.getFileName()).endsWith(".parquet")) {
      List<AccessRow> rows = new ArrayList<>();
      AccessRows each = new AccessRows(point, rows::add);
      entries.forEach(each::add);
      ParquetTable.write(file, AccessRow.class, rows);
      return;
    }
    AtomicFile.write(
        file,
        out -> {
          try {
            CsvTable.Lines<AccessRow> lines = CsvTable.lines(out, AccessRow.class);
            AccessRows each = new AccessRows(point, lines::write);
            entries.forEach(each::add);
            lines.flush();
          } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
          }
        });
  }
}
