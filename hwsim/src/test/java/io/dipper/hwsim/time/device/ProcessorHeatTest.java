package io.dipper.hwsim.time.device;

import static io.dipper.hwsim.time.accounting.Synthetic.q;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.proto.Processor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ProcessorHeatTest {
  private static final double SPEED = 0.4;

  private final Clock clock = new Clock();
  private final Alarm alarm = clock.alarm(clock::stop);

  @Test
  void aProcessorThatDoesNotThrottle_isAsItWas() {
    ProcessorHeat heat = new ProcessorHeat(clock, Processor.getDefaultInstance());
    assertThat(heat.work(1e9)).isEqualTo(1e9);
    assertThat(heat.work(0.25)).isEqualTo(0.25);
  }

  /** W seconds of work, hot after a: a + (W - a) / speed, however it is cut. */
  @Property(tries = 100)
  void aRun_takesWhatItsFormulaSays_howeverItIsCut(
      @ForAll @IntRange(min = 1, max = 100) int parts,
      @ForAll @DoubleRange(min = 0, max = 2) double after) {
    ProcessorHeatTest run = new ProcessorHeatTest();
    ProcessorHeat heat = run.heat(after, 0);
    double seconds = 0;
    for (int i = 0; i < parts; i++) {
      double part = heat.work(1.5 / parts);
      run.pass(part);
      seconds += part;
    }
    double cold = Math.min(after, 1.5);
    assertThat(seconds).isCloseTo(cold + (1.5 - cold) / SPEED, Percentage.withPercentage(1e-6));
  }

  /** Work of b seconds every b + i: once hot, c i of them are cold; all where that is b. */
  @Property(tries = 100)
  void aProcessorThatCools_isColdAgainForWhatItsRestUndid(
      @ForAll @DoubleRange(min = 0, max = 2) double cooling,
      @ForAll @DoubleRange(min = 0, max = 1) double idle,
      @ForAll @DoubleRange(min = 0.5, max = 3) double after) {
    ProcessorHeatTest run = new ProcessorHeatTest();
    ProcessorHeat heat = run.heat(after, cooling);
    double last = 0;
    for (int i = 0; i < 100; i++) {
      run.pass(idle);
      last = heat.work(0.5);
      run.pass(last);
    }
    double cold = Math.min(0.5, cooling * idle);
    if (Math.abs(cooling * idle - 0.5) > 0.05) {
      assertThat(last).isCloseTo(cold + (0.5 - cold) / SPEED, within(1e-9));
    }
  }

  private ProcessorHeat heat(double after, double cooling) {
    Processor.Builder processor = Processor.newBuilder().setThrottleAfter(q(after));
    processor.setThrottledSpeed(q(SPEED)).setCooling(q(cooling));
    return new ProcessorHeat(clock, processor.build());
  }

  private void pass(double seconds) {
    alarm.set(Clock.picoseconds(seconds));
    clock.run();
  }
}
