package io.dipper.hwsim.time.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.proto.Flash;
import io.dipper.proto.FlashTable;
import io.dipper.proto.FlashTableRow;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import umontreal.ssj.randvar.ExponentialGen;
import umontreal.ssj.rng.AntitheticStream;
import umontreal.ssj.rng.RandomStream;

/**
 * The queue under random arrivals beside the formulas of queueing theory, within 1 %. Each mean is
 * taken over pairs of runs on opposite random numbers, which cancels most of the noise.
 */
class QueueingTheoryTest {
  private static final double SERVICE = 100e-6;
  private static final int READS = 400_000;
  private static final Percentage ONE = Percentage.withPercentage(1);

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.8})
  void equalServices_waitAsInMD1(double load) {
    double wait = mean(oneLane(), load, stream -> () -> 1, FlashProbe::waitSeconds);
    assertThat(wait).isCloseTo(load * SERVICE / (2 * (1 - load)), ONE);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.8})
  void exponentialServices_waitAsInMM1(double load) {
    double wait = mean(oneLane(), load, exponential(), FlashProbe::waitSeconds);
    assertThat(wait).isCloseTo(load * SERVICE / (1 - load), ONE);
  }

  /** Where throughput does not depend on their number, reads share the device: M/G/1-PS. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.8})
  void readsThatShareTheDevice_lastAsInProcessorSharing(double load) {
    FlashTable.Builder table = FlashTable.newBuilder().addLanes(1).addLanes(1024);
    FlashTableRow.Builder row = FlashTableRow.newBuilder().setSize(1e5);
    table.addRows(row.addThroughput(1e9).addThroughput(1e9));
    Flash flash = Flash.newBuilder().setTable(table).build();
    double expected = SERVICE / (1 - load);
    assertThat(mean(flash, load, stream -> () -> 1, probe -> probe.latencies().mean()))
        .isCloseTo(expected, ONE);
  }

  private static double mean(
      Flash flash,
      double load,
      Function<RandomStream, DoubleSupplier> factors,
      Function<FlashProbe, Double> number) {
    ProbeLoad probed = ProbeLoad.open(1e5, load / SERVICE, READS, 1);
    int pairs = load < 0.6 ? 1 : 3;
    double sum = 0;
    for (int pair = 0; pair < pairs; pair++) {
      for (boolean opposite : new boolean[] {false, true}) {
        RandomStream arrivals = stream(11 + pair, opposite);
        DoubleSupplier services = factors.apply(stream(101 + pair, opposite));
        sum += number.apply(new ProbeRun(flash, probed, services, arrivals).run());
      }
    }
    return sum / (2 * pairs);
  }

  private static RandomStream stream(long seed, boolean opposite) {
    RandomStream stream = RandomStreams.of(seed);
    return opposite ? new AntitheticStream(stream) : stream;
  }

  private static Function<RandomStream, DoubleSupplier> exponential() {
    return stream -> () -> ExponentialGen.nextDouble(stream, 1);
  }

  /** Reads of 100 KB last 100 us. */
  private static Flash oneLane() {
    Flash.Builder flash = Flash.newBuilder();
    flash.getMaxBandwidthBuilder().setValue(1e13);
    flash.getLaneBandwidthBuilder().setValue(1e9);
    flash.getLanesBuilder().setValue(1);
    return flash.build();
  }
}
