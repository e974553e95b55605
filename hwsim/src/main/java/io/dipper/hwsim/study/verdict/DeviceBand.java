package io.dipper.hwsim.study.verdict;

import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.Verdict;
import io.dipper.hwsim.study.result.VerdictRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How sure the verdict on a device is: its masks against dense streaming over the ranges of its
 * numbers.
 *
 * @param lines for a terminal and a page alike: how many masks are faster, and the verdict of each
 *     policy where its speed-up is largest
 */
public record DeviceBand(DeviceName device, List<String> lines) {
  public DeviceBand {
    lines = List.copyOf(lines);
  }

  /** The devices of a sweep whose numbers have ranges, in its order. */
  public static List<DeviceBand> of(SweptPoints sweep, List<VerdictRow> verdicts) {
    Map<String, PointRow> byId = new LinkedHashMap<>();
    sweep.rows().forEach(row -> byId.put(row.pointId(), row));
    Map<DeviceName, List<VerdictRow>> devices = new LinkedHashMap<>();
    for (VerdictRow verdict : verdicts) {
      PointRow row = byId.get(verdict.pointId());
      if (row != null) {
        devices.computeIfAbsent(DeviceName.of(row), d -> new ArrayList<>()).add(verdict);
      }
    }
    return devices.entrySet().stream()
        .map(entry -> new DeviceBand(entry.getKey(), lines(entry.getValue(), byId, sweep)))
        .toList();
  }

  private static List<String> lines(
      List<VerdictRow> verdicts, Map<String, PointRow> byId, SweptPoints sweep) {
    List<String> lines = new ArrayList<>();
    int ranges = verdicts.get(0).against().ranges();
    lines.add(
        "over the range"
            + (ranges == 1 ? " of 1 number" : "s of " + ranges + " numbers")
            + " of the device: "
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
      best.merge(verdict.point().policy(), verdict, DeviceBand::larger);
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
    return verdicts.stream().filter(v -> v.speedUp().verdict().equals(verdict.key())).count();
  }
}
