package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.cache.UnitCache;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.MaskSelector;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.select.RecordedRow;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.proto.PolicySpec;
import io.dipper.trace.Recording;
import io.dipper.trace.SiteColumn;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The units of each layer in the order in which a policy's masks select them most often, with
 * nothing cached. A trace is read once for each. Safe for use by many threads.
 */
final class UsedUnits {
  private record Masks(PolicySpec policy, int group, int layer, Optional<Path> trace) {}

  private final Recording recording;
  private final Map<Path, Recording> traces = new ConcurrentHashMap<>();
  private final Map<Masks, int[]> orders = new ConcurrentHashMap<>();

  /**
   * @param recording where no other trace is named
   */
  UsedUnits(Recording recording) {
    this.recording = recording;
  }

  /**
   * All units, the most often selected first, ties by lowest index.
   *
   * @param trace null for the recording at hand
   */
  int[] mostUsed(MaskPolicy policy, int group, int layer, @Nullable Path trace) {
    return orders.computeIfAbsent(
        new Masks(policy.spec(), group, layer, Optional.ofNullable(trace)),
        masks -> order(policy, policy.groups().get(group), layer, recording(trace)));
  }

  private Recording recording(@Nullable Path trace) {
    return trace == null
        ? recording
        : traces.computeIfAbsent(
            trace, file -> PolicyContext.calibration(file, recording.model(), "cache hot"));
  }

  private static int[] order(MaskPolicy policy, UnitGroup group, int layer, Recording recording) {
    SiteColumn column = group.scored().column(recording, layer);
    int[] counts = new int[group.units()];
    MaskSelector selector = policy.selector(layer, group);
    UnitCache nothing = Caches.none(counts.length);
    UnitSet mask = new UnitSet(counts.length);
    RecordedRow row = new RecordedRow(column.width());
    int from = 0;
    for (int length : recording.sequenceLengths()) {
      for (int position = 0; position < length; position++) {
        row.read(column, from + position);
        selector.select(row, position, nothing, mask);
        for (int unit = mask.next(0); unit >= 0; unit = mask.next(unit + 1)) {
          counts[unit]++;
        }
      }
      from += length;
    }
    return IntStream.range(0, counts.length)
        .boxed()
        .sorted(Comparator.<Integer>comparingInt(unit -> -counts[unit]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
