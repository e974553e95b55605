package io.dipper.hwsim.time.timeline;

import static io.dipper.hwsim.time.accounting.Synthetic.GLU;
import static io.dipper.hwsim.time.accounting.Synthetic.LAYERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.error.UserException;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.table.CsvTable;
import io.dipper.hwsim.time.accounting.DesAccounting;
import io.dipper.hwsim.time.accounting.Synthetic;
import io.dipper.hwsim.time.accounting.Timing;
import io.dipper.hwsim.time.accounting.Traffic;
import io.dipper.hwsim.time.engine.TimeLedger;
import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.proto.PointConfig;
import io.dipper.proto.timeline.Trace;
import io.dipper.proto.timeline.TracePacket;
import io.dipper.proto.timeline.TrackEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run's ledger and timeline, against its timing and against each other. */
class RunFilesTest {
  private static final int BLOCK = 24;
  private static final int TOKENS = 2 * BLOCK;
  private static final Map<String, ToDoubleFunction<LedgerRow>> SECONDS =
      Map.of(
          "flash", row -> row.seconds().flashS(),
          "dram", row -> row.seconds().dramS(),
          "compute", row -> row.seconds().computeS(),
          "select", row -> row.seconds().host().selectS(),
          "gather", row -> row.seconds().host().gatherS(),
          "admit", row -> row.seconds().host().admitS(),
          "launch", row -> row.seconds().host().launchS(),
          "idle", row -> row.seconds().idleS());

  @TempDir private Path folder;

  static List<String> devices() {
    return HardwareProfiles.list();
  }

  /** A slice that was read back. */
  private record Slice(String track, String name, String category, long from, long to, long bytes) {
    long ns() {
      return to - from;
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void theLedger_hasALineForEveryLayerAndHeadOfEveryToken_andAddsUpToTheTiming(String device) {
    Timing timing = run(device, new RunFiles(ledger(), null, null));
    List<LedgerRow> rows = CsvTable.read(ledger(), LedgerRow.class);
    assertThat(rows).hasSize(TOKENS * (LAYERS + 1));
    for (int i = 0; i < rows.size(); i++) {
      LedgerRow row = rows.get(i);
      assertThat(row.token()).isEqualTo(i / (LAYERS + 1));
      assertThat(row.sequence()).isEqualTo(row.token() / BLOCK);
      assertThat(row.layer()).isEqualTo(i % (LAYERS + 1));
      assertThat(row.part()).isEqualTo(row.layer() == LAYERS ? "head" : "layer");
    }
    TimeLedger ledger = timing.ledger();
    Map<String, Double> expected = ledger.byKey();
    SECONDS.forEach(
        (activity, seconds) ->
            assertThat(rows.stream().mapToDouble(seconds).sum() / TOKENS)
                .as(activity)
                .isCloseTo(expected.get(activity), within(1e-12 * ledger.total())));
  }

  @Test
  void theLedgersBytes_areThePointsFlashBytes_wherePagesDoNotMatter() {
    PointConfig config = config("paper");
    run("paper", new RunFiles(ledger(), null, null));
    double bytes =
        CsvTable.read(ledger(), LedgerRow.class).stream().mapToDouble(LedgerRow::flashBytes).sum();
    Traffic traffic = Traffic.of(new Workload(config, plan(config), demand()));
    assertThat(bytes / TOKENS).isCloseTo(traffic.flashBytesPerToken(), within(1e-3));
  }

  @ParameterizedTest
  @MethodSource("devices")
  void theTimeline_addsUpToTheLedger_toTheNanosecond(String device) throws IOException {
    for (TokenRange range : List.of(new TokenRange(0, TOKENS - 1), new TokenRange(20, 29))) {
      run(device, new RunFiles(ledger(), timeline(), range));
      List<LedgerRow> rows =
          CsvTable.read(ledger(), LedgerRow.class).stream()
              .filter(row -> row.token() >= range.first() && row.token() <= range.last())
              .toList();
      List<Slice> slices = slices();
      List<Slice> processor = onTrack(slices, "Processor");
      long now = 0;
      for (Slice slice : processor) {
        assertThat(slice.from()).isEqualTo(now);
        now = slice.to();
      }
      SECONDS.forEach(
          (activity, seconds) ->
              assertThat(
                      processor.stream()
                          .filter(slice -> slice.category().equals(activity))
                          .mapToLong(Slice::ns)
                          .sum())
                  .as(activity)
                  .isEqualTo(wholeNs(rows, seconds)));
      List<Slice> tokens =
          onTrack(slices, "Tokens").stream().filter(s -> s.category().equals("token")).toList();
      assertThat(tokens.stream().map(Slice::name))
          .containsExactlyElementsOf(
              rows.stream().map(row -> "token " + row.token()).distinct().toList());
      assertThat(tokens.stream().mapToLong(Slice::ns).sum()).isEqualTo(now);
    }
  }

  /** What a person would do by hand: picoseconds added up, and rounded once. */
  private static long wholeNs(List<LedgerRow> rows, ToDoubleFunction<LedgerRow> seconds) {
    long ps = rows.stream().mapToLong(row -> Math.round(seconds.applyAsDouble(row) * 1e12)).sum();
    return Math.floorDiv(ps + 500, 1000);
  }

  @ParameterizedTest
  @MethodSource("devices")
  void flashOnTheTimeline_readsTheLedgersBytes_oneStretchAfterAnother(String device)
      throws IOException {
    run(device, new RunFiles(ledger(), timeline(), new TokenRange(0, TOKENS - 1)));
    double bytes =
        CsvTable.read(ledger(), LedgerRow.class).stream().mapToDouble(LedgerRow::flashBytes).sum();
    List<Slice> flash = onTrack(slices(), "Flash");
    assertThat(flash.stream().mapToLong(Slice::bytes).sum())
        .isCloseTo(Math.round(bytes), within((long) flash.size()));
    for (int i = 1; i < flash.size(); i++) {
      assertThat(flash.get(i).from()).isGreaterThanOrEqualTo(flash.get(i - 1).to());
    }
  }

  @Test
  void aSliceOfTheRun_isTheRunsOwn() throws IOException {
    run("apple-a18", new RunFiles(null, timeline(), new TokenRange(0, 5)));
    List<Slice> first = onTrack(slices(), "Processor");
    Timing alone = run("apple-a18", new RunFiles(null, null, null));
    Timing watched = run("apple-a18", new RunFiles(ledger(), timeline(), null));
    assertThat(watched).isEqualTo(alone);
    assertThat(onTrack(slices(), "Processor").subList(0, first.size())).isEqualTo(first);
    assertThat(onTrack(slices(), "Tokens").stream().filter(s -> s.category().equals("token")))
        .hasSize(RunFiles.DEFAULT_TOKENS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "3..", "..3", "5..4", "-1..2", "1...2", "0..99999999999"})
  void aRangeOfTokensThatIsNone_isRefused(String text) {
    assertThatThrownBy(() -> TokenRange.parse(text))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(text.equals("5..4") ? "4..5" : "0..9");
  }

  @Test
  void tokensThatTheRunDoesNotHave_areRefused() {
    assertThatThrownBy(
            () -> run("paper", new RunFiles(null, timeline(), TokenRange.parse("40..48"))))
        .isInstanceOf(UserException.class)
        .hasMessage("there is no token 48; the trace has 48, 0..47");
    assertThat(timeline()).doesNotExist();
  }

  @Test
  void aFileThatCannotBeWritten_isNamed() {
    Path nowhere = folder.resolve("nowhere").resolve("l.csv");
    assertThatThrownBy(() -> run("paper", new RunFiles(nowhere, null, null)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(nowhere.toString());
  }

  @Test
  void aRunThatFails_leavesNoFile() {
    RunFiles files = new RunFiles(ledger(), timeline(), null);
    RunShape shape = new RunShape(new int[] {BLOCK}, LAYERS);
    assertThatThrownBy(
            () ->
                files.write(
                    shape,
                    listener -> {
                      throw new UserException("it does not fit");
                    }))
        .hasMessage("it does not fit");
    assertThat(folder).isEmptyDirectory();
  }

  private Timing run(String device, RunFiles files) {
    PointConfig config = config(device);
    return files.write(
        new RunShape(new int[] {BLOCK, BLOCK}, LAYERS),
        listener -> new DesAccounting(listener).time(new Workload(config, plan(config), demand())));
  }

  private static PointConfig config(String device) {
    return Synthetic.config(HardwareProfiles.resolve(device).profile(), BLOCK, 0);
  }

  private static MemoryPlan plan(PointConfig config) {
    return Synthetic.plan(config, GLU, 2e6);
  }

  private static Demand demand() {
    return Synthetic.random(GLU, 31, BLOCK, BLOCK);
  }

  private List<Slice> slices() throws IOException {
    Map<Long, String> names = new HashMap<>();
    Map<Long, Deque<TracePacket>> open = new TreeMap<>();
    Map<Long, Long> latest = new HashMap<>();
    List<Slice> slices = new ArrayList<>();
    for (TracePacket packet : Trace.parseFrom(Files.readAllBytes(timeline())).getPacketList()) {
      if (packet.hasTrackDescriptor()) {
        names.put(packet.getTrackDescriptor().getUuid(), packet.getTrackDescriptor().getName());
        continue;
      }
      TrackEvent event = packet.getTrackEvent();
      long track = event.getTrackUuid();
      assertThat(names).containsKey(track);
      assertThat(packet.getTimestamp()).isGreaterThanOrEqualTo(latest.getOrDefault(track, 0L));
      latest.put(track, packet.getTimestamp());
      Deque<TracePacket> stack = open.computeIfAbsent(track, t -> new ArrayDeque<>());
      if (event.getType() == TrackEvent.Type.TYPE_SLICE_BEGIN) {
        stack.push(packet);
      } else if (event.getType() == TrackEvent.Type.TYPE_SLICE_END) {
        TracePacket begin = stack.pop();
        slices.add(slice(Objects.requireNonNull(names.get(track)), begin, packet.getTimestamp()));
      }
    }
    assertThat(open.values()).allSatisfy(stack -> assertThat(stack).isEmpty());
    return slices;
  }

  private static Slice slice(String track, TracePacket begin, long to) {
    TrackEvent event = begin.getTrackEvent();
    long bytes =
        event.getDebugAnnotationsCount() > 0 ? event.getDebugAnnotations(0).getIntValue() : 0;
    return new Slice(
        track, event.getName(), event.getCategories(0), begin.getTimestamp(), to, bytes);
  }

  private static List<Slice> onTrack(List<Slice> slices, String track) {
    return slices.stream().filter(slice -> slice.track().equals(track)).toList();
  }

  private Path ledger() {
    return folder.resolve("ledger.csv");
  }

  private Path timeline() {
    return folder.resolve("run.pftrace");
  }
}
