package io.dipper.hwsim.study.verdict;

import io.dipper.hwsim.study.result.PointRow;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a mask is no faster than dense with the same memory, from where the time of a token goes. */
final class SlowMask {
  /** With less of its time, Flash is not what a dense token waits for. */
  private static final double FLASH_MATTERS = 0.5;

  private SlowMask() {}

  /** The reason, as the end of a sentence. */
  static String reason(PointRow dense, PointRow mask) {
    if (dense.demand().traffic().flashBytesPerToken() == 0) {
      return "everything is resident, and nothing is left to stream";
    }
    double denseTime = 1 / dense.time().tokensPerSecond();
    double flash = orZero(dense.time().byActivity().timeFlashS());
    double maskFlash = orZero(mask.time().byActivity().timeFlashS());
    double selecting =
        orZero(mask.time().byActivity().timeSelectS())
            - orZero(dense.time().byActivity().timeSelectS());
    if (dense.time().byActivity().timeFlashS() != null && flash < FLASH_MATTERS * denseTime) {
      return String.format(
          Locale.ROOT,
          "%s waits for Flash only %.0f%% of its time: the processor and DRAM decide",
          Contenders.of(mask).referenceToken(),
          100 * flash / denseTime);
    }
    if (mask.demand().traffic().flashBytesPerToken()
        >= dense.demand().traffic().flashBytesPerToken()) {
      return String.format(
          Locale.ROOT,
          "it fetches as much as %s: %s a token instead of %s",
          Contenders.of(mask).reference(),
          megabytes(mask.demand().traffic().flashBytesPerToken()),
          megabytes(dense.demand().traffic().flashBytesPerToken()));
    }
    if (mask.time().byActivity().timeFlashS() != null
        && maskFlash >= flash
        && mask.time().reads().flashRequestsPerToken() != null) {
      return requests(dense, mask);
    }
    if (selecting > flash - maskFlash) {
      return String.format(
          Locale.ROOT,
          "choosing and gathering units takes %.3g ms a token, more than Flash saves",
          1e3 * selecting);
    }
    return "what it saves on Flash is lost elsewhere";
  }

  private static String requests(PointRow dense, PointRow mask) {
    double each =
        mask.demand().traffic().flashBytesPerToken()
            / orZero(mask.time().reads().flashRequestsPerToken());
    return String.format(
        Locale.ROOT,
        "requests decide: it wants %s of Flash a token instead of %s, but in %,.0f requests of"
            + " %.3g kB, which take %.3g ms instead of %.3g",
        megabytes(mask.demand().traffic().flashBytesPerToken()),
        megabytes(dense.demand().traffic().flashBytesPerToken()),
        orZero(mask.time().reads().flashRequestsPerToken()),
        each / 1e3,
        1e3 * orZero(mask.time().byActivity().timeFlashS()),
        1e3 * orZero(dense.time().byActivity().timeFlashS()));
  }

  private static String megabytes(double bytes) {
    return String.format(Locale.ROOT, "%.3g MB", bytes / 1e6);
  }

  private static double orZero(@Nullable Double value) {
    return value == null ? 0 : value;
  }
}
