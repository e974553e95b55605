package io.dipper.bench.phone;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.dipper.error.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What an engine measured of a run: an entry for each decoded token.
 *
 * @param wall seconds
 * @param reading seconds of waiting for Flash; with overlap the sum over lanes
 * @param compute seconds that are neither waiting for Flash nor management of the cache
 * @param bytes read from Flash
 */
record RecordedRun(double[] wall, double[] reading, double[] compute, double[] bytes) {
  private static final double MILLI = 1e-3;

  /** How long the processor pauses, if it does. */
  private static final double PAUSE = 0.18;

  /** The share of tokens that are taken to be without one. */
  private static final double QUICKEST = 0.1;

  /**
   * The run that a file of the engine holds.
   *
   * @throws UserException if it cannot be read
   */
  static RecordedRun read(Path file) {
    List<NamedCsvRecord> rows = rows(file);
    return new RecordedRun(
        column(rows, row -> MILLI * number(row, "wall_ms")),
        column(rows, row -> MILLI * number(row, "io_ms")),
        column(rows, row -> MILLI * number(row, "compute_ms")),
        column(rows, row -> number(row, "read_bytes")));
  }

  /** The seconds that the cache's management takes of a token, the mean of the first ones. */
  static double managementSeconds(Path file, int tokens) {
    return Numbers.mean(
        column(rows(file).subList(0, tokens), row -> MILLI * number(row, "mgmt_ms")));
  }

  private static List<NamedCsvRecord> rows(Path file) {
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder().commentStrategy(CommentStrategy.SKIP).ofNamedCsvRecord(file)) {
      return csv.stream().toList();
    } catch (IOException e) {
      throw new UserException(file + " cannot be read: " + e.getMessage());
    }
  }

  private static double[] column(List<NamedCsvRecord> rows, ToDoubleFunction<NamedCsvRecord> of) {
    return rows.stream().mapToDouble(of).toArray();
  }

  private static double number(NamedCsvRecord row, String column) {
    return Double.parseDouble(row.getField(column));
  }

  int tokens() {
    return wall.length;
  }

  /** Some of its tokens. */
  RecordedRun range(int from, int to) {
    return new RecordedRun(
        Arrays.copyOfRange(wall, from, to),
        Arrays.copyOfRange(reading, from, to),
        Arrays.copyOfRange(compute, from, to),
        Arrays.copyOfRange(bytes, from, to));
  }

  /** How often the processor paused in each token: its arithmetic beside that of quick tokens. */
  int[] pauses() {
    double quick = Numbers.quantile(compute, QUICKEST);
    return Arrays.stream(compute)
        .mapToInt(seconds -> (int) Math.max(0, Math.rint((seconds - quick) / PAUSE)))
        .toArray();
  }

  /** Whether it paused. */
  boolean[] paused() {
    int[] pauses = pauses();
    boolean[] paused = new boolean[pauses.length];
    for (int t = 0; t < paused.length; t++) {
      paused[t] = pauses[t] > 0;
    }
    return paused;
  }

  /** Pauses for each byte that was read. */
  double pausesPerByte() {
    return Arrays.stream(pauses()).sum() / Arrays.stream(bytes).sum();
  }

  /** As if there had been no pause. */
  double tokensPerSecondWithoutPauses() {
    return 1 / (Numbers.mean(wall) - PAUSE * Arrays.stream(pauses()).average().orElse(0));
  }

  double tokensPerSecond() {
    return 1 / Numbers.mean(wall);
  }
}
