package io.dipper.hwsim.study.verdict;

import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.Verdict;
import io.dipper.hwsim.study.result.VerdictRow;
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

  /** Those of a sweep. */
  public DeviceBands(SweptPoints sweep, List<VerdictRow> verdicts) {
    Map<String, PointRow> byId = new LinkedHashMap<>();
    sweep.rows().forEach(row -> byId.put(row.pointId(), row));
    Map<DeviceName, List<VerdictRow>> devices = new LinkedHashMap<>();
    for (VerdictRow verdict : verdicts) {
      PointRow row = byId.get(verdict.pointId());
      if (row != null) {
        devices.computeIfAbsent(DeviceName.of(row), d -> new ArrayList<>()).add(verdict);
      }
    }
    devices.forEach((device, rows) -> lines.put(device, lines(rows, byId, sweep)));
  }

  /**
   * Of a device, for a terminal and a page alike: how many masks are faster, and the verdict of
   * each policy where its speed-up is largest; nothing where none of its numbers has a range.
   */
  public List<String> of(DeviceName device) {
    return lines.getOrDefault(device, List.of());
  }

  private static List<String> lines(
      List<VerdictRow> verdicts, Map<String, PointRow> byId, SweptPoints sweep) {
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
      best.merge(verdict.point().policy(), verdict, DeviceBands::larger);
    }
    for (VerdictRow verdict : best.values()) {
      PointRow row = Objects.requireNonNull(byId.get(verdict.pointId()));
      lines.add(
          Contenders.of(row).name(row)
              + " with "
              + sweep.place(row)
              + ": "
              + BandSentence.of(verdict));
    }
    return lines;
  }

  private static VerdictRow larger(VerdictRow a, VerdictRow b) {
    return b.speedUp().speedup() > a.speedUp().speedup() ? b : a;
  }

  private static long count(List<VerdictRow> verdicts, Verdict verdict) {
    return verdicts.stream().filter(v -> v.verdict() == verdict).count();
  }
}
