package io.dipper.hwsim.study.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dipper.error.UserException;
import io.dipper.files.AtomicFile;
import io.dipper.hwsim.table.Cells;
import io.dipper.hwsim.table.Columns;
import io.dipper.hwsim.table.CsvTable;
import io.dipper.hwsim.table.ParquetTable;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResultFilesTest {
  private static final List<PointRow> ROWS = List.of(Rows.full(), Rows.sparse());

  @TempDir Path folder;

  @Test
  void columns_areThoseOfTheContractInItsOrder() {
    assertThat(String.join(", ", Columns.of(PointRow.class).names()))
        .isEqualTo(
            "point_id, trace, model, hardware, accounting, policy, policy_params, cache, dram_bytes, "
                + "cache_columns_x, cache_columns_h, density, hit_rate, hit_rate_x, hit_rate_h, "
                + "hits_x, hits_h, selected_x, selected_h, flash_bytes_per_token, "
                + "dram_bytes_per_token, flash_requests_per_token, tokens, tokens_per_second, "
                + "ttft_s, resident_bytes, touched_bytes_per_token, time_flash_s, time_dram_s, "
                + "time_compute_s, time_select_s, time_other_s, energy_j_per_token, "
                + "retained_energy_x, retained_energy_h, assumed_share, perplexity, "
                + "perplexity_dense, perplexity_protocol, trace_sha256, config_sha256, seed, "
                + "dipper_version, flash_bytes_read_per_token, layout, unit_order, max_gap_bytes, "
                + "min_request_bytes, cache_start, speculation, perplexity_predicted, "
                + "perplexity_low, perplexity_high, cache_params, ttft_warm_s, "
                + "flash_unmeasured_share, weight_bits, energy_covers, caches_differ, capacity, block_length, "
                + "prompt_length, lookups, hits, misses, prompt_lookups, prompt_hits, dropped, "
                + "dropped_weight, one_token_cycle_bytes, time_admit_s, "
                + "expert_cache_bytes, lost_to_fewer, lost_to_others, backend, adapter, "
                + "guessed, guessed_right, guess_recall, guess_precision, "
                + "tokens_per_second_low, tokens_per_second_high, window, accepted");
    assertThat(String.join(", ", Columns.of(VerifiedRow.class).names()))
        .isEqualTo(
            "point_id, policy, policy_params, cache, hardware, perplexity, perplexity_dense, "
                + "perplexity_protocol, scored_tokens, live_hit_rate_x, live_hit_rate_h, "
                + "replay_hit_rate_x, replay_hit_rate_h, jaccard_x, jaccard_h, "
                + "live_tokens_per_second, replay_tokens_per_second, live_lookups, "
                + "live_hits, live_misses, replay_lookups, replay_hits, replay_misses, "
                + "jaccard_experts");
  }

  @Test
  void csv_readsBackEqual() {
    Path file = folder.resolve("points.csv");
    CsvTable.write(file, PointRow.class, ROWS);
    assertThat(CsvTable.read(file, PointRow.class)).isEqualTo(ROWS);
  }

  @Test
  void parquet_readsBackEqual() {
    Path file = folder.resolve("points.parquet");
    ParquetTable.write(file, PointRow.class, ROWS);
    assertThat(ParquetTable.read(file, PointRow.class)).isEqualTo(ROWS);
  }

  @Test
  void files_ofEqualRowsAreEqual() throws IOException {
    for (String name : List.of("a", "b")) {
      ParquetTable.write(folder.resolve(name + ".parquet"), PointRow.class, ROWS);
      CsvTable.write(folder.resolve(name + ".csv"), PointRow.class, ROWS);
    }
    assertThat(folder.resolve("b.parquet")).hasSameBinaryContentAs(folder.resolve("a.parquet"));
    assertThat(folder.resolve("b.csv")).hasSameBinaryContentAs(folder.resolve("a.csv"));
    assertThat(Files.list(folder)).hasSize(4);
  }

  @Test
  void files_areEqualFromOneProcessToTheNext() throws Exception {
    for (String name : List.of("a", "b", "c")) {
      Path java = Path.of(System.getProperty("java.home"), "bin", "java");
      String file = folder.resolve(name + ".parquet").toString();
      Process process =
          new ProcessBuilder(java.toString(), "-cp", classPath(), Writer.class.getName(), file)
              .inheritIO()
              .start();
      assertThat(process.waitFor()).isZero();
    }
    assertThat(folder.resolve("b.parquet")).hasSameBinaryContentAs(folder.resolve("a.parquet"));
    assertThat(folder.resolve("c.parquet")).hasSameBinaryContentAs(folder.resolve("a.parquet"));
    assertThat(ParquetTable.read(folder.resolve("c.parquet"), PointRow.class)).isEqualTo(ROWS);
  }

  /** What this test was loaded from, which need not be what the JVM was started with. */
  private static String classPath() {
    if (ResultFilesTest.class.getClassLoader() instanceof URLClassLoader loader) {
      return Arrays.stream(loader.getURLs())
          .map(url -> Path.of(URI.create(url.toString())).toString())
          .collect(Collectors.joining(File.pathSeparator));
    }
    return System.getProperty("java.class.path");
  }

  /** Writes the rows, in a process of its own. */
  static final class Writer {
    public static void main(String[] arguments) {
      ParquetTable.write(Path.of(arguments[0]), PointRow.class, ROWS);
    }
  }

  @Test
  void doubles_areWrittenInTheFewestDigitsOnEveryJava() {
    assertThat(Cells.text(2.0e-3)).isEqualTo("0.002");
    assertThat(Cells.text(2.2e-322)).isEqualTo("2.2E-322");
    assertThat(Cells.text(2.0E23)).isEqualTo("2.0E23");
  }

  @Test
  void csv_namesTheLineAndColumnOfABadValue() throws IOException {
    Path file = folder.resolve("points.csv");
    CsvTable.write(file, PointRow.class, List.of(Rows.sparse()));
    Files.writeString(
        file,
        Files.readString(file)
            .replace(
                "t.arrow,m,paper,paper,glu,{},none,0.0", "t.arrow,m,paper,paper,glu,{},none,much"));
    assertThatThrownBy(() -> CsvTable.read(file, PointRow.class))
        .isInstanceOf(UserException.class)
        .hasMessage(file + ":2: column 'dram_bytes': 'much' is not a number");
  }

  @Test
  void csv_namesTheLineAndColumnOfABadFlag() throws IOException {
    Path file = folder.resolve("predictions.csv");
    PredictionRow row = new PredictionRow("dense", true, 0.1, 0, 0.2, 0.1, null);
    CsvTable.write(file, PredictionRow.class, List.of(row));
    assertThat(CsvTable.read(file, PredictionRow.class)).containsExactly(row);
    Files.writeString(file, Files.readString(file).replace("true", "yes"));
    assertThatThrownBy(() -> CsvTable.read(file, PredictionRow.class))
        .isInstanceOf(UserException.class)
        .hasMessage(file + ":2: column 'fitted': 'yes' is not true or false");
  }

  @Test
  void parquet_thatIsNoneIsOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("points.parquet"), "not parquet at all, no");
    assertThatThrownBy(() -> ParquetTable.read(file, PointRow.class))
        .isInstanceOf(UserException.class)
        .hasMessage(
            file
                + ": is not a Parquet table of Dipper's, or is cut short or damaged; restore it, or"
                + " run again into another folder");
  }

  @Test
  void aTableFromBeforeAColumnWasAdded_isReadWithItEmpty() throws IOException {
    Path csv = folder.resolve("points.csv");
    CsvTable.write(csv, PointRow.class, List.of(Rows.sparse()));
    Files.writeString(csv, Files.readString(csv).replace(",speculation", ",unknown"));
    assertThat(CsvTable.read(csv, PointRow.class)).containsExactly(Rows.sparse());

    Path parquet = folder.resolve("points.parquet");
    ParquetTable.write(parquet, Older.class, List.of(new Older("0123456789ab", "t.arrow")));
    assertThat(ParquetTable.read(parquet, Newer.class))
        .containsExactly(new Newer("0123456789ab", "t.arrow", null));
    assertThatThrownBy(() -> ParquetTable.read(parquet, PointRow.class))
        .isInstanceOf(UserException.class)
        .hasMessage(parquet + ": has no column 'model'; is it a table of Dipper's?");
  }

  public record Older(String pointId, String trace) {}

  public record Newer(String pointId, String trace, @Nullable Double added) {}

  @Test
  void fullDisk_isOneLineAndLeavesTheOldFile() {
    Path file = folder.resolve("points.csv");
    AtomicFile.write(file, out -> out.write('a'));
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(new byte[100_000]);
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("points.csv: cannot be written (No space left on device)");
    assertThat(file).hasContent("a");
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void json_isTheRowAndItsLayers() throws IOException {
    String text = RowJson.text(Rows.full(), Map.of("hits_x_by_layer", new long[] {3, 4}));
    JsonNode json = new ObjectMapper().readTree(text);
    assertThat(json.get("tokens_per_second").doubleValue()).isEqualTo(10677.159962850912);
    assertThat(json.get("hits_x").longValue()).isEqualTo(Long.MAX_VALUE);
    assertThat(json.get("policy_params").textValue()).contains("\"gamma\":0.2");
    assertThat(json.get("hits_x_by_layer").toString()).isEqualTo("[3,4]");
    assertThat(json.size()).isEqualTo(Columns.of(PointRow.class).names().size() + 1);
  }

  @Test
  void verified_fillsInThePerplexityOfItsPoint() {
    ResultDirectory results = new ResultDirectory(folder);
    results.writePoints(ROWS);
    results.addVerified(List.of(Rows.verified()));
    assertThat(results.verified()).containsExactly(Rows.verified());
    assertThat(results.points().get(0).quality().perplexity()).isEqualTo(20.25);
    assertThat(results.points().get(1)).isEqualTo(Rows.sparse());
    assertThat(CsvTable.read(folder.resolve("points.csv"), PointRow.class))
        .isEqualTo(results.points());
  }
}
