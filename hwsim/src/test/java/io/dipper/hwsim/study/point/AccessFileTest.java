package io.dipper.hwsim.study.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.error.UserException;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.profile.model.NamedShape;
import io.dipper.hwsim.profile.model.ShapeRecording;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.study.result.GroupRow;
import io.dipper.hwsim.table.CsvTable;
import io.dipper.hwsim.table.ParquetTable;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.hwsim.time.timeline.TokenRange;
import io.dipper.progress.Progress;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.LayoutKind;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Speculation;
import io.dipper.proto.UnitOrder;
import io.dipper.testing.SharedData;
import io.dipper.trace.RecordingPrefix;
import io.dipper.trace.TraceReader;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file of accesses, against the counts and the bytes of the same run. */
class AccessFileTest {
  private static final Path FILE = SharedData.testdata("golden/bookworm.arrow");
  private static final int TOKENS = 24;

  @AutoClose private static final TraceReader trace = TraceReader.open(FILE);

  private final Simulation simulation =
      new Simulation(
          RecordingPrefix.ofTokens(trace, TOKENS), TraceInfo.of(FILE, trace), 2, Progress.SILENT);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dip:density=0.5        | COLUMN_MAJOR | NATURAL       | 0     | NO_SPECULATION
          dip-ca:density=0.5     | BUNDLED      | NATURAL       | 4000  | NO_SPECULATION
          dip:density=0.4        | BUNDLED      | CO_ACTIVATION | 4000  | PREVIOUS_LAYER
          glu-oracle:keep=0.3    | ROW_MAJOR    | NATURAL       | 0     | NO_SPECULATION
          look-ahead:density=0.5 | ROW_MAJOR    | CO_ACTIVATION | 3     | PREVIOUS_LAYER
          """)
  void theRows_addUpToTheCountsAndBytesOfTheRun(
      String policy, LayoutKind layout, UnitOrder order, double maxGap, Speculation speculation) {
    PointConfig config =
        config(policy, "lru").toBuilder()
            .setLayout(layout)
            .setUnitOrder(order)
            .setMaxGap(maxGap)
            .setSpeculation(speculation)
            .build();
    Path file = folder.resolve("a.csv");
    SimulatedPoint point =
        simulation.run(
            simulation.complete(config), new AccessFile(file, new TokenRange(0, TOKENS - 1)));
    List<AccessRow> rows = CsvTable.read(file, AccessRow.class);
    double flash = 0;
    double dram = 0;
    for (GroupRow group : point.result().groups()) {
      List<AccessRow> own = rows.stream().filter(r -> r.group() == group.group()).toList();
      double read = bytes(own, Set.of("read", "guessed", "wrong", "gap"));
      double hit = bytes(own, Set.of("hit"));
      assertThat(read / group.sizes().unitBytes())
          .isCloseTo(Objects.requireNonNull(group.counts().read()), within(1e-6));
      assertThat(hit / group.sizes().unitBytes()).isCloseTo(group.counts().hits(), within(1e-6));
      flash += bytes(own, Set.of("read", "guessed"));
      dram += hit;
    }
    assertThat(flash / TOKENS)
        .isCloseTo(
            point.row().demand().traffic().flashBytesPerToken(), within(1e-9 * flash / TOKENS));
    assertThat(flash).isPositive();
    assertThat(dram).isPositive();
    assertThat(rows.stream().anyMatch(r -> r.kind().equals("wrong")))
        .isEqualTo(speculation == Speculation.PREVIOUS_LAYER);
    assertThat(rows.stream().anyMatch(r -> r.kind().equals("gap"))).isEqualTo(maxGap > 0);
    assertPlacesAreApart(rows);
    assertThat(point.json()).isEqualTo(simulation.run(simulation.complete(config)).json());
  }

  private static double bytes(List<AccessRow> rows, Set<String> kinds) {
    return rows.stream()
        .filter(row -> kinds.contains(row.kind()))
        .mapToDouble(row -> row.place().bytes())
        .sum();
  }

  /** No byte belongs to two units. */
  private static void assertPlacesAreApart(List<AccessRow> rows) {
    record Piece(double from, double to) {}
    Set<Piece> pieces = new HashSet<>();
    for (AccessRow row : rows.subList(0, Math.min(rows.size(), 1_000))) {
      AccessRow.Place place = row.place();
      double each = place.bytes() / place.pieces();
      for (int piece = 0; piece < place.pieces(); piece++) {
        double from = place.offset() + piece * place.strideBytes();
        pieces.add(new Piece(from, from + each));
      }
    }
    double end = 0;
    for (Piece piece : pieces.stream().sorted(Comparator.comparingDouble(Piece::from)).toList()) {
      assertThat(piece.from()).isGreaterThanOrEqualTo(end - 1e-6);
      end = piece.to();
    }
  }

  @Test
  void parquetAndCsv_holdTheSameRows_ofTheTokensAskedFor() {
    PointConfig config = simulation.complete(config("dip:density=0.5", "lfu"));
    Path csv = folder.resolve("a.csv");
    Path parquet = folder.resolve("a.parquet");
    simulation.run(config, new AccessFile(csv, new TokenRange(17, 18)));
    simulation.run(config, new AccessFile(parquet, new TokenRange(17, 18)));
    List<AccessRow> rows = CsvTable.read(csv, AccessRow.class);
    assertThat(rows).isEqualTo(ParquetTable.read(parquet, AccessRow.class));
    assertThat(rows.stream().map(AccessRow::token).distinct()).containsExactly(17, 18);
    simulation.run(config, new AccessFile(csv, null));
    assertThat(CsvTable.read(csv, AccessRow.class).stream().map(AccessRow::token).distinct())
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void whatHasNoAccesses_saysSo() {
    AccessFile file = new AccessFile(folder.resolve("a.csv"), null);
    Simulation shape =
        Simulation.of(
            new ShapeRecording(new NamedShape(trace.model(), /* tied= */ true, "swiglu", "-"), 4),
            1,
            Progress.SILENT);
    assertThatThrownBy(() -> shape.run(shape.complete(config("dense", "lfu")), file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("give a trace");
    AccessFile late = new AccessFile(folder.resolve("a.csv"), new TokenRange(0, TOKENS));
    PointConfig config = simulation.complete(config("dip:density=0.5", "lfu"));
    assertThatThrownBy(() -> simulation.run(config, late))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("there is no token 24");
    assertThat(folder.resolve("a.csv")).doesNotExist();
  }

  private static PointConfig config(String policy, String cache) {
    HardwareProfile device =
        HardwareProfiles.resolve("apple-a18").profile().toBuilder()
            .setOverlap(Overlap.PIPELINE)
            .build();
    return PointConfig.newBuilder()
        .setHardware(device)
        .setPolicy(Policies.parse(policy))
        .setCache(Caches.parse(cache))
        .setCapacity(Capacities.cacheFraction(0.4))
        .build();
  }
}
