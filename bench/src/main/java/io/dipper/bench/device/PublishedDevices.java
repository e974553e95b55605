package io.dipper.bench.device;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.hwsim.profile.fit.CrowdedFit;
import io.dipper.hwsim.profile.fit.DecodeFit;
import io.dipper.hwsim.profile.fit.DecodeTable;
import io.dipper.hwsim.profile.fit.FlashFit;
import io.dipper.hwsim.profile.fit.MeasuredCurve;
import io.dipper.hwsim.profile.fit.MeasuredPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Fits two devices to published decode speeds and a drive to its published curve, and prints how
 * far they are from what was measured: {@code PublishedDevices FOLDER}, with {@code decode.csv} and
 * {@code flash-curves.csv} in it.
 */
public final class PublishedDevices {
  static final String M4_PRO = "Apple M4 Pro";
  static final String RX_7900_XT = "AMD RX 7900 XT";

  private PublishedDevices() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    for (String device : List.of(M4_PRO, RX_7900_XT)) {
      print(device, decode(folder.resolve("decode.csv"), device));
    }
    print(drive(folder.resolve("flash-curves.csv")));
  }

  /** A device of the table, fitted to the rows that the table marks so. */
  static DecodeFit decode(Path csv, String device) {
    DecodeTable table = DecodeTable.read(csv, device);
    return DecodeFit.of(table, table.bandwidth(), "published");
  }

  /** The Phison drive, whose curve has two sizes at six numbers of lanes. */
  static FlashFit drive(Path csv) throws IOException {
    List<MeasuredPoint> points = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(csv)) {
      for (NamedCsvRecord row : rows) {
        if (row.getField("flash").startsWith("Phison")) {
          String size = row.getField("read").replaceFirst(" random.*", "");
          points.add(
              new MeasuredPoint(
                  Units.parse(size, Dimension.BYTES),
                  Integer.parseInt(row.getField("config").replace("QD ", "")),
                  Double.POSITIVE_INFINITY,
                  Units.parse(row.getField("throughput"), Dimension.BANDWIDTH),
                  row.getStartingLineNumber()));
        }
      }
    }
    return CrowdedFit.of(new MeasuredCurve(csv.toString(), points), "published");
  }

  private static void print(String device, DecodeFit fit) {
    System.out.printf(
        Locale.ROOT,
        "%s: %.1f %% of the bandwidth, %.2f us a kernel; held out: median %.1f %%, nine in ten %.1f"
            + " %%, worst %.1f %%%n",
        device,
        100 * fit.processor().getPortEfficiency().getValue(),
        1e6 * fit.processor().getKernel().getValue(),
        100 * fit.heldError(50),
        100 * fit.heldError(90),
        100 * fit.heldError(100));
    for (DecodeFit.Residual each : fit.residuals()) {
      System.out.printf(
          Locale.ROOT,
          "  %-14s %-5s measured %7.2f tokens/s, %7.2f: %+5.1f %%%n",
          each.measured().shape().name(),
          each.measured().held() ? "test" : "fit",
          each.measured().tokensPerSecond(),
          each.fitted(),
          100 * each.relative());
    }
  }

  private static void print(FlashFit fit) {
    System.out.printf(
        Locale.ROOT,
        "Phison E27T: %.1f us, %.2f GB/s a lane, %.2f GB/s, %.1f kIOPS, crowding %.2f; RMS %.1f %%,"
            + " worst %+.1f %%%n",
        1e6 * fit.flash().getLatency().getValue(),
        1e-9 * fit.flash().getLaneBandwidth().getValue(),
        1e-9 * fit.flash().getMaxBandwidth().getValue(),
        1e-3 * fit.flash().getCommandsPerSecond().getValue(),
        fit.flash().getCrowding().getValue(),
        100 * fit.rootMeanSquare(),
        100 * fit.worst());
  }
}
