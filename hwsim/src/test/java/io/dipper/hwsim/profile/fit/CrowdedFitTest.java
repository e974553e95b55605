package io.dipper.hwsim.profile.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.proto.Flash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrowdedFitTest {
  private static final Percentage CLOSE = Percentage.withPercentage(0.5);

  @TempDir private Path folder;

  @Test
  void aKnownDevice_isFoundAgain() {
    List<MeasuredPoint> points = new ArrayList<>();
    for (double size : new double[] {4096, 65536, 262144, 1048576}) {
      for (int lanes : new int[] {1, 2, 8, 32}) {
        double alone = 80e-6 + size / 1.5e9;
        double byLanes = lanes * size / (lanes > 1 ? 1.6 * alone : alone);
        double throughput = Math.min(Math.min(6e9, 90_000 * size), byLanes);
        points.add(new MeasuredPoint(size, lanes, Double.POSITIVE_INFINITY, throughput, 0));
      }
    }
    FlashFit fit = CrowdedFit.of(new MeasuredCurve("curve", points), "me");
    Flash flash = fit.flash();
    assertThat(flash.getLatency().getValue()).isCloseTo(80e-6, CLOSE);
    assertThat(flash.getLaneBandwidth().getValue()).isCloseTo(1.5e9, CLOSE);
    assertThat(flash.getMaxBandwidth().getValue()).isCloseTo(6e9, CLOSE);
    assertThat(flash.getCommandsPerSecond().getValue()).isCloseTo(90_000, CLOSE);
    assertThat(flash.getCrowding().getValue()).isCloseTo(1.6, CLOSE);
    assertThat(fit.rootMeanSquare()).isLessThan(1e-3);
  }

  @Test
  void aCurveOfOneNumberOfLanes_doesNotTellCrowding() {
    List<MeasuredPoint> points = new ArrayList<>();
    for (int i = 1; i < 8; i++) {
      points.add(new MeasuredPoint(4096.0 * i, 4, Double.POSITIVE_INFINITY, 1e8 * i, 0));
    }
    assertThatThrownBy(() -> CrowdedFit.of(new MeasuredCurve("curve", points), "me"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("at one lane and at more; take --form affine");
  }

  @Test
  void fiosJobs_areSizesLanesAndThroughputs() throws IOException {
    Path file =
        fio(
            "'global options': {'rw': 'randread', 'direct': '1', 'iodepth': '4'}, 'jobs': ["
                + "{'jobname': 'a', 'job options': {'bs': '4k'}, 'read': {'bw_bytes': 100000000}},"
                + "{'jobname': 'b', 'job options': {'bs': '128KiB', 'numjobs': '2'}, 'read':"
                + " {'bw_bytes': 600000000}},"
                + "{'jobname': 'b', 'job options': {'bs': '128KiB', 'numjobs': '2'}, 'read':"
                + " {'bw_bytes': 500000000}}]");
    List<MeasuredPoint> points = MeasuredCurve.read(file).points();
    assertThat(points).extracting(MeasuredPoint::size).containsExactly(4096.0, 131072.0);
    assertThat(points).extracting(MeasuredPoint::lanes).containsExactly(4, 8);
    assertThat(points).extracting(MeasuredPoint::throughput).containsExactly(1e8, 1.1e9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rw=read direct=1 bs=4k | it does rw=read; only randread
          rw=randread bs=4k | it reads through the page cache; run it with direct=1
          rw=randread direct=1 bs=four | bs=four is not a size
          rw=randread direct=1 iodepth=0 | iodepth=0 is not a whole number from 1
          """)
  void aJobThatMeasuresOtherwise_isRefused(String options, String message) throws IOException {
    String quoted =
        options.replaceAll("(\\w+)=(\\w+)", "'$1': '$2'").replace(" '", ", '").replace(":,", ":");
    Path file =
        fio(
            "'jobs': [{'jobname': 'a', 'job options': {"
                + quoted
                + "}, 'read': {'bw_bytes': 100000000}}]");
    assertThatThrownBy(() -> MeasuredCurve.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("job a: ")
        .hasMessageContaining(message);
  }

  private Path fio(String members) throws IOException {
    return Files.writeString(folder.resolve("fio.json"), "{" + members.replace('\'', '"') + "}");
  }
}
