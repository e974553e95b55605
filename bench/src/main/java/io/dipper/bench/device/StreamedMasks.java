package io.dipper.bench.device;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.dipper.hwsim.profile.model.ModelShapes;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.unit.Groups;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.time.accounting.DesAccounting;
import io.dipper.hwsim.time.memory.MemoryLedger;
import io.dipper.hwsim.time.memory.MemoryPart;
import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.LayoutKind;
import io.dipper.proto.ModelShape;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Processor;
import io.dipper.proto.Quantity;
import io.dipper.proto.WeightBits;
import io.dipper.trace.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Masks of a model whose weights a GPU streams from its host's memory, beside published speeds:
 * {@code StreamedMasks FOLDER}, with {@code streamed.csv} in it.
 *
 * <p>Two numbers are fitted, each to one row: the fixed time of a layer to the dense run, and to
 * the run whose mask keeps everything what it takes to select and to gather. That row cannot tell
 * the two apart; they are taken to cost as much for each unit as one another.
 */
public final class StreamedMasks {
  private static final ModelShape SHAPE = ModelShapes.find("qwen3-1.7b").shape();
  private static final List<UnitGroup> MASKED =
      Groups.scoredBy(SHAPE, Site.GATE, Matrix.UP, Matrix.DOWN);
  private static final double LINK = 12.3e9;
  private static final double MEMORY = 320e9;
  private static final int TOKENS = 4;

  private StreamedMasks() {}

  public static void main(String[] args) throws IOException {
    List<Row> published = rows(Path.of(args[0]).resolve("streamed.csv"));
    Fit fit = Fit.of(published);
    System.out.printf(
        Locale.ROOT, "%.0f us a layer, %.0f ns a unit%n", 1e6 * fit.layer(), 1e9 * fit.unit());
    for (Row row : predicted(published, fit)) {
      System.out.printf(
          Locale.ROOT,
          "%-5s %-4s %-44s %4.1f MB, measured %6.3f tokens/s, predicted %6.3f: %+5.1f %%%n",
          row.id(),
          row.fitted() ? "fit" : "test",
          row.setting(),
          1e-6 * row.bytes(),
          row.measured(),
          row.predicted(),
          100 * row.error());
    }
  }

  /**
   * A run as it was published, and as it is predicted.
   *
   * @param bytes that a token streams
   * @param measured tokens per second
   * @param predicted tokens per second
   * @param fitted whether a number was fitted to it
   */
  record Row(
      String id, String setting, double bytes, double measured, double predicted, boolean fitted) {
    double error() {
      return predicted / measured - 1;
    }

    /** The share of the units that the mask keeps. */
    private static double kept(String setting) {
      return Double.parseDouble(setting.substring(setting.indexOf("k/I ") + 4));
    }

    private boolean isDense() {
      return setting.startsWith("dense");
    }

    private Row predicted(double tokensPerSecond) {
      return new Row(id, setting, bytes, measured, tokensPerSecond, fitted);
    }
  }

  /**
   * What is fitted.
   *
   * @param layer fixed seconds of a layer
   * @param unit seconds for each unit that is looked at, and again for each that is gathered
   */
  record Fit(double layer, double unit) {
    private static final Fit NOTHING = new Fit(0, 0);

    /** Fitted to the run without a mask and to the one whose mask keeps everything. */
    static Fit of(List<Row> published) {
      Row dense = published.get(0);
      Row full = published.get(1);
      int synchronised = SHAPE.getLayers() + 1; // and the head
      double layer = (1 / dense.measured() - seconds(dense, NOTHING)) / synchronised;
      int touched = 2 * SHAPE.getIntermediateSize() * SHAPE.getLayers();
      double masked = seconds(full, new Fit(layer, 0));
      return new Fit(layer, (1 / full.measured() - masked) / touched);
    }
  }

  /** The published runs in their order. */
  static List<Row> rows(Path csv) throws IOException {
    List<Row> published = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(csv)) {
      for (NamedCsvRecord row : rows) {
        published.add(
            new Row(
                row.getField("id"),
                row.getField("config"),
                Double.parseDouble(row.getField("bytes_per_token").replace(" B/token", "")),
                Double.parseDouble(row.getField("tokens_per_second")),
                Double.NaN,
                /* fitted= */ published.size() < 2));
      }
    }
    return published;
  }

  /** The rows with what is predicted of them. */
  static List<Row> predicted(List<Row> published, Fit fit) {
    return published.stream().map(row -> row.predicted(1 / seconds(row, fit))).toList();
  }

  /** The simulated time of a token. */
  private static double seconds(Row row, Fit fit) {
    PointConfig config =
        PointConfig.newBuilder()
            .setModel(SHAPE)
            .setBits(
                WeightBits.newBuilder()
                    .setMlp(4)
                    .setAttention(4)
                    .setHead(16)
                    .setEmbedding(16)
                    .setKvCache(16))
            .setHardware(device(fit))
            .setLayout(LayoutKind.BUNDLED)
            .setBlockLength(TOKENS)
            .build();
    ModelBytes bytes = ModelBytes.of(config);
    double units = SHAPE.getIntermediateSize();
    double masked = 2 * bytes.matrix() * SHAPE.getLayers();
    double streamed = bytes.attention() + bytes.matrix() * SHAPE.getLayers();
    double resident = bytes.head() + bytes.kvCache(TOKENS);
    MemoryPlan plan =
        new MemoryPlan(
            resident,
            resident + streamed,
            streamed,
            new int[] {0},
            bytes.total(TOKENS),
            new MemoryLedger(resident, Map.of(MemoryPart.KV_CACHE, resident)));
    // A mask that keeps everything has been selected all the same: one unit less says so.
    int selected =
        (int)
            Math.min(units - (row.isDense() ? 0 : 1), Math.round(Row.kept(row.setting()) * units));
    int hits = (int) Math.round(selected - (row.bytes() - streamed) / masked * units);
    Demand demand = new Demand(MASKED, SHAPE.getLayers(), new int[] {TOKENS});
    for (int token = 0; token < TOKENS; token++) {
      for (int l = 0; l < SHAPE.getLayers(); l++) {
        demand.record(0, l, token, selected, Math.max(0, hits), 1);
      }
    }
    return 1 / new DesAccounting().time(new Workload(config, plan, demand)).tokensPerSecond();
  }

  private static HardwareProfile device(Fit fit) {
    HardwareProfile.Builder device = HardwareProfile.newBuilder().setOverlap(Overlap.NONE);
    device.getFlashBuilder().setMaxBandwidth(quantity(LINK)).setPageSize(quantity(1));
    device.getDramBuilder().setBandwidth(quantity(MEMORY)).setFlashTraffic(true);
    device.setProcessor(
        Processor.newBuilder()
            .setLayerSynchronisation(quantity(fit.layer()))
            .setSelectPerElement(quantity(fit.unit()))
            .setGatherPerUnit(quantity(fit.unit())));
    return device.build();
  }

  private static Quantity quantity(double value) {
    return Quantity.newBuilder().setValue(value).build();
  }
}
