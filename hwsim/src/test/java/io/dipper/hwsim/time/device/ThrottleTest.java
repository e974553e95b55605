package io.dipper.hwsim.time.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.proto.Flash;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private static final double COLD = 2e9;
  private static final double HOT = 0.5e9;

  @Test
  void aDeviceWithoutThrottling_isAsItWas() {
    Throttle throttle = new Throttle(Flash.getDefaultInstance());
    throttle.read(1e9);
    assertThat(throttle.seconds(1e9, 0.25)).isEqualTo(0.25);
  }

  @Test
  void aHotDevice_transfersAtTheThrottledBandwidth_fromItsFirstByte() {
    assertThat(throttle(0).seconds(1e9, 1e9 / COLD)).isCloseTo(1e9 / HOT, within(1e-12));
  }

  @Test
  void aReadThatIsSlowerAnyway_isNotThrottled() {
    // A thousand small reads at 100 us each: 40 MB/s, far below the throttled bandwidth.
    assertThat(throttle(0).seconds(4096e3, 0.1)).isEqualTo(0.1);
  }

  @Test
  void aReadAcrossTheMoment_isColdBeforeAndHotAfterIt() {
    // 1 GB lasts 0.5 s cold. After 0.2 s 0.4 GB are there; the other 0.6 GB come at 0.5 GB/s.
    assertThat(throttle(0.2).seconds(1e9, 0.5)).isCloseTo(0.2 + 0.6e9 / HOT, within(1e-12));
  }

  /** The end does not depend on how what is read is cut into reads. */
  @Property
  void aRun_takesWhatItsFormulaSays_howeverItIsCut(
      @ForAll @IntRange(min = 1, max = 200) int reads,
      @ForAll @DoubleRange(min = 0, max = 2) double after) {
    Throttle throttle = throttle(after);
    double bytes = 3e9;
    double seconds = 0;
    for (int i = 0; i < reads; i++) {
      double one = throttle.seconds(bytes / reads, bytes / reads / COLD);
      throttle.read(one);
      seconds += one;
    }
    double cold = Math.min(after, bytes / COLD);
    assertThat(seconds)
        .isCloseTo(cold + (bytes - cold * COLD) / HOT, Percentage.withPercentage(1e-9));
  }

  @Property
  void laterOrLighterThrottling_andAFasterColdDevice_areNeverSlower(
      @ForAll @DoubleRange(min = 0, max = 1) double after,
      @ForAll @DoubleRange(min = 0, max = 1) double later,
      @ForAll @DoubleRange(min = 1e8, max = 4e9) double bandwidth,
      @ForAll @DoubleRange(min = 1, max = 10) double more) {
    double seconds = throttle(after, bandwidth).seconds(1e9, 0.5);
    double slack = seconds * (1 + 1e-12);
    assertThat(seconds).isGreaterThanOrEqualTo(0.5);
    assertThat(throttle(after + later, bandwidth).seconds(1e9, 0.5)).isLessThanOrEqualTo(slack);
    assertThat(throttle(after, bandwidth * more).seconds(1e9, 0.5)).isLessThanOrEqualTo(slack);
    assertThat(throttle(after, bandwidth).seconds(1e9, 0.5 / more)).isLessThanOrEqualTo(slack);
  }

  @Test
  void whatCanBeChosen_isTimedAsHotAsTheDeviceIs() {
    Flash.Builder flash = profile(0.1, HOT).toBuilder();
    flash.getMaxBandwidthBuilder().setValue(COLD);
    Throttle throttle = new Throttle(flash.build());
    ThrottledFlash timing = new ThrottledFlash(FlashTiming.of(flash.build()), throttle);
    assertThat(timing.requestsSeconds(10, 1e6)).isCloseTo(1e7 / COLD, within(1e-12));
    assertThat(timing.streamSeconds(1e7, true)).isCloseTo(1e7 / COLD, within(1e-12));
    throttle.read(0.1);
    assertThat(timing.requestsSeconds(10, 1e6)).isCloseTo(1e7 / HOT, within(1e-12));
    assertThat(timing.streamSeconds(1e7, true)).isCloseTo(1e7 / HOT, within(1e-12));
  }

  /**
   * Reads that begin i seconds after the one before: a hot device has c i cold seconds of each, and
   * one that rests for long enough stays cold.
   */
  @Property
  void aDeviceThatCools_isColdAgainForWhatItsRestUndid(
      @ForAll @DoubleRange(min = 0, max = 2) double cooling,
      @ForAll @DoubleRange(min = 0, max = 1) double idle,
      @ForAll @DoubleRange(min = 0.5, max = 3) double after) {
    Flash.Builder flash = profile(after, HOT).toBuilder();
    flash.getCoolingBuilder().setValue(cooling);
    Throttle throttle = new Throttle(flash.build());
    double bytes = 0.5 * COLD;
    double last = 0;
    for (int i = 0; i < 100; i++) {
      throttle.rest(idle);
      last = throttle.seconds(bytes, bytes / COLD);
      throttle.read(last);
    }
    double cold = Math.min(0.5, cooling * idle);
    if (cooling > 0 && Math.abs(cooling * idle - 0.5) > 0.05) {
      assertThat(last).isCloseTo(cold + (bytes - cold * COLD) / HOT, within(1e-9));
    }
  }

  private static Throttle throttle(double after) {
    return throttle(after, HOT);
  }

  private static Throttle throttle(double after, double bandwidth) {
    return new Throttle(profile(after, bandwidth));
  }

  private static Flash profile(double after, double bandwidth) {
    Flash.Builder flash = Flash.newBuilder();
    flash.getThrottleAfterBuilder().setValue(after);
    flash.getThrottledBandwidthBuilder().setValue(bandwidth);
    return flash.build();
  }
}
