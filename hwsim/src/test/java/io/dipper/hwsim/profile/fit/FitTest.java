package io.dipper.hwsim.profile.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.error.UserException;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.time.device.FlashProbe;
import io.dipper.hwsim.time.device.ProbeLoad;
import io.dipper.proto.Flash;
import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitTest {
  private static final int MIB = 1 << 20;
  private static final Percentage EXACT = Percentage.withPercentage(1e-9);

  @TempDir private Path folder;

  @Test
  void theShippedCurves_areThoseOfTheShippedProfiles() {
    for (String name : List.of("oneplus-15r", "oneplus-15r-lanes")) {
      FlashFit fit = TableFit.of(shipped(name), "x");
      assertThat(fit.flash().getTable().getRowsList())
          .isEqualTo(HardwareProfiles.resolve(name).profile().getFlash().getTable().getRowsList());
      assertThat(fit.worst()).isZero();
    }
  }

  /** Points of a known device give back the device. */
  @Property(tries = 50)
  void anAffineDevice_isFoundAgain(
      @ForAll @IntRange(min = 5, max = 500) int latencyUs,
      @ForAll @IntRange(min = 200, max = 2000) int laneMb,
      @ForAll @IntRange(min = 15, max = 60) int maxPerLane) {
    double lane = laneMb * 1e6;
    double max = lane * maxPerLane / 10.0;
    List<MeasuredPoint> points = new ArrayList<>();
    for (int lanes : new int[] {1, 2, 4, 8}) {
      for (double size = 4096; size <= 16 * MIB; size *= 4) {
        double free = lanes * size / (latencyUs * 1e-6 + size / lane);
        double infinite = Double.POSITIVE_INFINITY;
        points.add(new MeasuredPoint(size, lanes, infinite, Math.min(max, free), 0));
      }
    }
    FlashFit fit = AffineFit.of(new MeasuredCurve("x", points), "x");
    Percentage digits = Percentage.withPercentage(0.1);
    assertThat(fit.flash().getLatency().getValue()).isCloseTo(latencyUs * 1e-6, digits);
    assertThat(fit.flash().getLaneBandwidth().getValue()).isCloseTo(lane, digits);
    assertThat(fit.flash().getMaxBandwidth().getValue()).isCloseTo(max, digits);
    assertThat(fit.rootMeanSquare()).isLessThan(1e-3);
  }

  /**
   * Published for two lanes together: 75 us a read and 2590 MiB/s; for each of the two lanes that
   * is twice the latency and half the bandwidth.
   */
  @Test
  void twoLanesOfThePhone_agreeWithThePublishedFit() {
    MeasuredCurve all = shipped("oneplus-15r");
    MeasuredCurve two =
        new MeasuredCurve("x", all.points().stream().filter(p -> p.lanes() == 2).toList());
    FlashFit fit = AffineFit.of(two, "x");
    Percentage ten = Percentage.withPercentage(10);
    assertThat(fit.flash().getLatency().getValue() / 2).isCloseTo(75e-6, ten);
    assertThat(fit.flash().getLaneBandwidth().getValue() * 2 / MIB).isCloseTo(2590, ten);
    double published =
        Math.sqrt(
            two.points().stream()
                .mapToDouble(p -> p.size() / (75e-6 + p.size() / 2590 / MIB) / p.throughput() - 1)
                .map(r -> r * r)
                .average()
                .orElseThrow());
    assertThat(fit.rootMeanSquare()).isLessThan(published);
  }

  @Test
  void whatIsFitted_isWhatTheFittedDeviceDoes() {
    FlashFit fit = AffineFit.of(shipped("oneplus-15r"), "x");
    for (FlashFit.Residual residual : fit.residuals()) {
      MeasuredPoint point = residual.measured();
      FlashProbe probe =
          FlashProbe.of(fit.flash(), ProbeLoad.closed(point.size(), inFlight(fit.flash(), point)));
      assertThat(probe.bytesPerSecond())
          .isCloseTo(residual.fitted(), Percentage.withPercentage(0.1));
    }
  }

  private static int inFlight(Flash flash, MeasuredPoint point) {
    assertThat(flash.getLanes().getValue()).isGreaterThanOrEqualTo(point.lanes());
    return point.lanes();
  }

  @Test
  void units_standInTheCellOrTheHeading_orAreTheBase() throws IOException {
    String cells = "lanes,size,throughput\n2,128 KiB,1 GB/s\n";
    String heading = "size [KiB],lanes,throughput (GB/s)\n128,2,1\n";
    String base = "# no units\nsize,lanes,throughput\n\n131072,2,1e9\n";
    for (String text : List.of(cells, heading, base)) {
      MeasuredPoint point = read(text).points().get(0);
      assertThat(point.size()).isEqualTo(131072);
      assertThat(point.lanes()).isEqualTo(2);
      assertThat(point.throughput()).isEqualTo(1e9);
      assertThat(point.range()).isInfinite();
    }
  }

  @Test
  void ranges_becomeRowsOfATable() throws IOException {
    MeasuredCurve curve =
        read("size,lanes,throughput,range\n4 KiB,8,450 MB/s,\n4 KiB,8,1 GB/s,128 MB\n");
    Flash flash = TableFit.of(curve, "x").flash();
    assertThat(flash.getTable().getRows(0).getRange()).isEqualTo(128e6);
    assertThat(flash.getTable().getRows(1).hasRange()).isFalse();
    assertThatThrownBy(() -> AffineFit.of(curve, "x"))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("an affine device knows no ranges; take --form table");
  }

  @Test
  void aTableWithAGap_namesIt() throws IOException {
    MeasuredCurve curve = read("size,lanes,throughput\n4 KiB,1,1e9\n8 KiB,1,1e9\n4 KiB,2,1e9\n");
    assertThatThrownBy(() -> TableFit.of(curve, "x"))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("8 KiB lacks at 2 lanes; measure it, or take --form affine");
  }

  @Test
  void tooFewPoints_areRefused() throws IOException {
    for (String rows :
        List.of("4 KiB,1,1e9\n8 KiB,2,1e9\n", "4 KiB,1,1e9\n4 KiB,2,1e9\n4 KiB,3,1e9\n")) {
      MeasuredCurve curve = read("size,lanes,throughput\n" + rows);
      assertThatThrownBy(() -> AffineFit.of(curve, "x"))
          .isInstanceOf(UserException.class)
          .hasMessageEndingWith("needs 3 measurements or more, of two sizes or more");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          size,lanes                                    | :1: there is no column 'throughput'; write size,lanes,throughput
          size,lane,throughput                          | :1: unknown column 'lane'; did you mean 'lanes'?
          size,lanes,throughput,size                    | :1: column 'size' is there twice
          size,lanes,throughput                         | : there are no measurements; write size,lanes,throughput
          size,lanes,throughput/4 KiB,1                 | :2: there are 2 cells, not 3
          size,lanes,throughput/4 KiB,1,1e9,            | :2: there are 4 cells, not 3
          size,lanes,throughput/4 KiB,1,fast            | :2: throughput: 'fast' is not a quantity; write a number and a unit, e.g. 60 GB/s
          size,lanes,throughput/4 s,1,1e9               | :2: size: '4 s' has the unit 's'; fitting are B, KB, MB, GB, TB, KiB, MiB, GiB, TiB
          size (pages),lanes,throughput/4,1,1e9         | :2: size: '4 pages' has the unit 'pages'; fitting are B, KB, MB, GB, TB, KiB, MiB, GiB, TiB
          size,lanes,throughput/4 KiB,0,1e9             | :2: lanes 0 is out of range; it must lie between 1 and 65536
          size,lanes,throughput/4 KiB,1.5,1e9           | :2: lanes 1.5 is not a whole number
          size,lanes,throughput/4 KiB,1,0               | :2: throughput 0 is out of range; it must lie between 1 KB/s and 10 TB/s
          size,lanes,throughput/0,1,1e9                 | :2: size 0 is out of range; it must lie between 1 B and 1 TB
          size,lanes,throughput/4 KiB,1,1e9/4096,1,2e9  | :3: these reads were measured on an earlier line already; keep one
          """)
  void aBadFile_isAnsweredInOneLine(String lines, String message) {
    assertThatThrownBy(() -> read(lines.replace("/", "\n") + "\n"))
        .isInstanceOf(UserException.class)
        .hasMessage(folder.resolve("x.csv") + message);
  }

  @Test
  void whatIsNoText_isNotCsv() throws IOException {
    Path file = Files.write(folder.resolve("x.csv"), new byte[] {'s', (byte) 0xff, '"', 0});
    assertThatThrownBy(() -> MeasuredCurve.read(file)).isInstanceOf(UserException.class);
    assertThatThrownBy(() -> MeasuredCurve.read(folder))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cannot be read as CSV");
  }

  @Test
  void residuals_areRelative() {
    MeasuredPoint point = new MeasuredPoint(1, 1, 1, 100, 1);
    FlashFit fit =
        new FlashFit(
            Flash.getDefaultInstance(),
            List.of(new FlashFit.Residual(point, 103), new FlashFit.Residual(point, 96)));
    assertThat(fit.worst()).isCloseTo(-0.04, within(1e-12));
    assertThat(fit.rootMeanSquare()).isCloseTo(Math.sqrt((0.0009 + 0.0016) / 2), EXACT);
    assertThat(String.format(Locale.ROOT, "%.2f", fit.residuals().get(0).relative()))
        .isEqualTo("0.03");
  }

  private MeasuredCurve read(String text) throws IOException {
    return MeasuredCurve.read(Files.writeString(folder.resolve("x.csv"), text));
  }

  private static MeasuredCurve shipped(String name) {
    return MeasuredCurve.read(SharedData.root().resolve("docs/curves/" + name + ".csv"));
  }
}
