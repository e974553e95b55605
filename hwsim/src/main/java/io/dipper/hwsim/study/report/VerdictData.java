package io.dipper.hwsim.study.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.SkippedGroup;
import io.dipper.hwsim.study.result.SkippedRow;
import io.dipper.hwsim.study.verdict.BestPoints;
import io.dipper.hwsim.study.verdict.DeviceVerdict;
import io.dipper.hwsim.study.verdict.EqualCaches;
import io.dipper.hwsim.study.verdict.SweptPoints;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the page says of the sweep as a whole: a verdict and the best points of each device. */
final class VerdictData {
  /** Losses of perplexity that a reader may allow; the last is any. */
  private static final double[] LOSSES = {0.1, 0.2, 0.5, 1, 2, 5, Double.POSITIVE_INFINITY};

  private VerdictData() {}

  /** Adds {@code verdicts}, {@code best}, {@code equal_caches} and {@code skipped}. */
  static void add(SweptPoints sweep, List<SkippedRow> skipped, ObjectNode root) {
    ArrayNode verdicts = root.putArray("verdicts");
    for (DeviceVerdict verdict : DeviceVerdict.of(sweep)) {
      verdicts
          .addObject()
          .put("device", verdict.device().hardware())
          .put("accounting", verdict.device().accounting())
          .put("wins", verdict.wins())
          .put("sentence", verdict.sentence());
    }
    ArrayNode best = root.putArray("best");
    for (double loss : LOSSES) {
      sweep
          .byDevice()
          .forEach(
              (device, rows) ->
                  add(BestPoints.of(sweep, rows, loss), best.addObject())
                      .put("device", device.hardware())
                      .put("accounting", device.accounting())
                      .put("loss", Double.isInfinite(loss) ? "any" : number(loss)));
    }
    root.put("equal_caches", EqualCaches.summary(EqualCaches.of(sweep)).orElse(null));
    skipped(skipped, root.putArray("skipped"));
  }

  private static ObjectNode add(BestPoints best, ObjectNode node) {
    return node.put("proven", id(best.proven())).put("promising", id(best.promising()));
  }

  private static void skipped(List<SkippedRow> rows, ArrayNode groups) {
    for (SkippedGroup group : SkippedGroup.of(rows)) {
      groups
          .addObject()
          .put("points", group.rows().size())
          .put("settings", group.settings())
          .put("reason", (group.isUniform() ? "" : "e.g. ") + group.reason());
    }
  }

  private static String number(double loss) {
    return loss == Math.rint(loss) ? String.valueOf((long) loss) : String.valueOf(loss);
  }

  private static @Nullable String id(@Nullable PointRow row) {
    return row == null ? null : row.pointId();
  }
}
