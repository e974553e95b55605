package io.dipper.hwsim.time.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DramPortTest {
  private static final double BANDWIDTH = 50e9;
  private static final double PER_PS = BANDWIDTH / 1e12;

  private final Clock clock = new Clock();
  private final DramPort port = new DramPort(clock, BANDWIDTH);
  private final List<Double> ends = new ArrayList<>();

  @Test
  void alone_takesBytesOverBandwidth() {
    start(1e9, Double.POSITIVE_INFINITY);
    clock.run();
    assertThat(ends).containsExactly(1e9 / PER_PS);
    assertThat(port.bytesMoved()).isEqualTo(1e9);
  }

  @Test
  void twoEqualTransfers_takeTwiceAsLongEach() {
    start(1e9, Double.POSITIVE_INFINITY);
    start(1e9, Double.POSITIVE_INFINITY);
    clock.run();
    assertThat(ends).containsExactly(2e9 / PER_PS, 2e9 / PER_PS);
  }

  @Test
  void twoUnequalTransfers_shareUntilTheShorterEnds() {
    start(3e9, Double.POSITIVE_INFINITY);
    start(1e9, Double.POSITIVE_INFINITY);
    clock.run();
    assertThat(ends).containsExactly(2e9 / PER_PS, 4e9 / PER_PS);
  }

  @Test
  void besideALimitedTransfer_theRestOfTheBandwidthIsUsed() {
    start(1e9, PER_PS / 10);
    start(1.8e9, Double.POSITIVE_INFINITY);
    clock.run();
    // The reader gets nine tenths: 1.8e9 / 0.9; the limited one keeps its own pace.
    assertThat(ends.get(0)).isCloseTo(2e9 / PER_PS, within(1.0));
    assertThat(ends.get(1)).isCloseTo(1e10 / PER_PS, within(1.0));
  }

  @Test
  void aLimitAboveTheFairShare_isNotReached() {
    start(1e9, PER_PS * 0.8);
    start(1e9, Double.POSITIVE_INFINITY);
    clock.run();
    assertThat(ends.get(1)).isCloseTo(2e9 / PER_PS, within(1.0));
  }

  @Test
  void aStoppedTransfer_saysWhatIsLeft_andGoesOnLater() {
    DramPort.Transfer first = start(1e9, Double.POSITIVE_INFINITY);
    Alarm alarm =
        clock.alarm(
            () -> {
              double left = first.stop();
              assertThat(left).isCloseTo(0.5e9, within(1.0));
              first.start(left);
            });
    alarm.set(0.5e9 / PER_PS);
    clock.run();
    assertThat(ends.get(0)).isCloseTo(1e9 / PER_PS, within(1.0));
    assertThat(port.bytesMoved()).isCloseTo(1e9, within(1e-3));
  }

  @Property(tries = 200)
  void unlimitedTransfers_keepThePortBusyUntilAllAreThrough(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 1_000_000_000) Integer> bytes) {
    double sum = 0;
    for (int b : bytes) {
      start(b, Double.POSITIVE_INFINITY);
      sum += b;
    }
    double begun = clock.nowPs();
    clock.run();
    assertThat(clock.nowPs() - begun).isCloseTo(sum / PER_PS, within(2.0 * bytes.size()));
    assertThat(ends).isSorted();
  }

  private DramPort.Transfer start(double bytes, double limit) {
    DramPort.Transfer transfer = port.transfer(() -> ends.add(clock.nowPs()));
    transfer.start(bytes, limit);
    return transfer;
  }
}
