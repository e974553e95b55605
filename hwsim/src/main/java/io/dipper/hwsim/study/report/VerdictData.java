package io.dipper.hwsim.study.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.hwsim.study.result.SkippedGroup;
import io.dipper.hwsim.study.result.SkippedRow;
import io.dipper.hwsim.study.result.VerdictRow;
import io.dipper.hwsim.study.verdict.BestPoints;
import io.dipper.hwsim.study.verdict.ColdMasks;
import io.dipper.hwsim.study.verdict.DeviceBands;
import io.dipper.hwsim.study.verdict.DeviceName;
import io.dipper.hwsim.study.verdict.DeviceVerdict;
import io.dipper.hwsim.study.verdict.EqualCaches;
import io.dipper.hwsim.study.verdict.LossBound;
import io.dipper.hwsim.study.verdict.SweptPoints;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the page says of the sweep as a whole: a verdict and the best points of each device. */
final class VerdictData {
  private VerdictData() {}

  /**
   * Adds {@code losses}, from which a reader chooses, and the usual one of them; for each {@code
   * verdicts} and {@code best}; {@code equal_caches} and {@code skipped}.
   */
  static void add(SweptPoints sweep, ResultDirectory results, ObjectNode root) {
    List<VerdictRow> intervals = results.verdicts();
    ArrayNode losses = root.putArray("losses");
    root.put("usual_loss", LossBound.usual(sweep.rows()).toString());
    ArrayNode verdicts = root.putArray("verdicts");
    ArrayNode best = root.putArray("best");
    for (LossBound bound : LossBound.CHOICES) {
      losses.add(bound.toString());
      DeviceBands bands = new DeviceBands(sweep, intervals, bound);
      for (DeviceVerdict verdict : DeviceVerdict.of(sweep, bound)) {
        ArrayNode lines =
            about(verdict.device(), bound, verdicts)
                .put("wins", verdict.wins())
                .put("sentence", verdict.sentence())
                .putArray("bands");
        bands.of(verdict.device()).forEach(lines::add);
      }
      sweep
          .byDevice()
          .forEach(
              (device, rows) -> add(BestPoints.of(sweep, rows, bound), about(device, bound, best)));
    }
    root.put("equal_caches", EqualCaches.summary(EqualCaches.of(sweep)).orElse(null));
    root.put("cold_masks", ColdMasks.summary(sweep).orElse(null));
    skipped(results.skipped(), root.putArray("skipped"));
  }

  private static ObjectNode about(DeviceName device, LossBound bound, ArrayNode rows) {
    return rows.addObject()
        .put("device", device.hardware())
        .put("accounting", device.accounting())
        .put("loss", bound.toString());
  }

  private static void add(BestPoints best, ObjectNode node) {
    node.put("proven", id(best.proven())).put("promising", id(best.promising()));
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

  private static @Nullable String id(@Nullable PointRow row) {
    return row == null ? null : row.pointId();
  }
}
