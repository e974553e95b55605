package io.dipper.hwsim.study.verdict;

import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.Verdict;
import io.dipper.hwsim.study.result.VerdictRow;
import io.dipper.hwsim.study.verdict.LossBound.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How sure the verdicts on devices are: their masks against dense streaming over the ranges of
 * their numbers.
 */
public final class DeviceBands {
  private final Map<DeviceName, List<String>> lines = new HashMap<>();
  private final Map<String, PointRow> byId = new LinkedHashMap<>();
  private final SweptPoints sweep;
  private final LossBound bound;

  /**
   * Those of a sweep.
   *
   * @param bound by which the verdicts on devices go
   */
  public DeviceBands(SweptPoints sweep, List<VerdictRow> verdicts, LossBound bound) {
    this.sweep = sweep;
    this.bound = bound;
    sweep.rows().forEach(row -> byId.put(row.pointId(), row));
    Map<DeviceName, List<VerdictRow>> devices = new LinkedHashMap<>();
    for (VerdictRow verdict : verdicts) {
      PointRow row = byId.get(verdict.pointId());
      if (row != null) {
        devices.computeIfAbsent(DeviceName.of(row), d -> new ArrayList<>()).add(verdict);
      }
    }
    devices.forEach((device, rows) -> lines.put(device, lines(rows)));
  }

  /**
   * Of a device, for a terminal and a page alike: how many masks are faster, and the verdict of
   * each policy where its speed-up is largest, of the points that keep the bound if there are any,
   * with what its point loses; nothing where none of its numbers has a range.
   */
  public List<String> of(DeviceName device) {
    return lines.getOrDefault(device, List.of());
  }

  private List<String> lines(List<VerdictRow> verdicts) {
    List<String> lines = new ArrayList<>();
    lines.add(
        BandSentence.overRanges(verdicts.get(0).against().ranges())
            + ": "
            + count(verdicts, Verdict.FASTER)
            + " faster, "
            + count(verdicts, Verdict.SLOWER)
            + " slower, "
            + count(verdicts, Verdict.AS_FAST)
            + " as fast, "
            + count(verdicts, Verdict.NOT_DECIDED)
            + " not decided");
    Map<String, VerdictRow> best = new LinkedHashMap<>();
    for (VerdictRow verdict : verdicts) {
      best.merge(verdict.point().policy(), verdict, this::better);
    }
    for (VerdictRow verdict : best.values()) {
      PointRow row = row(verdict);
      lines.add(
          Contenders.of(row).name(row)
              + " with "
              + sweep.place(row)
              + " ("
              + PointQuality.describe(row)
              + (bound.of(row) == Standing.EXCEEDS ? ", over " + bound : "")
              + "): "
              + BandSentence.of(verdict));
    }
    return lines;
  }

  private VerdictRow better(VerdictRow a, VerdictRow b) {
    int more = bound.rank(row(b)) - bound.rank(row(a));
    boolean larger = b.speedUp().speedup() > a.speedUp().speedup();
    return more < 0 || more == 0 && larger ? b : a;
  }

  private PointRow row(VerdictRow verdict) {
    return Objects.requireNonNull(byId.get(verdict.pointId()));
  }

  private static long count(List<VerdictRow> verdicts, Verdict verdict) {
    return verdicts.stream().filter(v -> v.verdict() == verdict).count();
  }
}
