package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.proto.PolicySpec;
import io.dipper.trace.Recording;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
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
    int[] counts = new int[group.units()];
    RecordedMasks masks =
        new RecordedMasks(
            new RecordedSignals(recording, layer, group.signals()),
            new MaskLoop(
                policy.selector(layer, group),
                Caches.none(counts.length),
                List.of((row, mask, signals) -> count(mask, counts))));
    RowVisitor.walk(
        recording.sequenceLengths(),
        new RowVisitor() {
          @Override
          public void begin(int first, int length) {}

          @Override
          public void visit(int first, int position, int count) {
            masks.play(first, position, count);
          }
        });
    return IntStream.range(0, counts.length)
        .boxed()
        .sorted(Comparator.<Integer>comparingInt(unit -> -counts[unit]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static void count(UnitSet mask, int[] counts) {
    for (int unit = mask.next(0); unit >= 0; unit = mask.next(unit + 1)) {
      counts[unit]++;
    }
  }
}
