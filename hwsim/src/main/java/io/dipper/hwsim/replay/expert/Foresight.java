package io.dipper.hwsim.replay.expert;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.cache.FutureUses;
import io.dipper.hwsim.replay.cache.UnitUsage;
import io.dipper.trace.Recording;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What a replay knows beforehand of the units of its caches: their next uses, and how many. */
final class Foresight implements ExpertCaches.Knowledge {
  private final Steps steps;
  private final StepChooser chooser;
  private final ExpertUnits units;
  private final boolean global;
  private final AccessOrder[] orders;

  /**
   * @param global whether there is one cache for all layers
   */
  Foresight(
      Recording recording, ExpertPolicy policy, Steps steps, ExpertUnits units, boolean global) {
    this.steps = steps;
    this.chooser = new StepChooser(recording, policy, units, ChoiceListener.NONE);
    this.units = units;
    this.global = global;
    this.orders = new AccessOrder[global ? 1 : units.layerCount()];
    int each = units.perLayer() * (global ? units.layerCount() : 1);
    Arrays.setAll(orders, c -> new AccessOrder(each));
  }

  /** Looks ahead at the sequence that begins with a step. */
  void lookAhead(int firstStep) {
    for (AccessOrder order : orders) {
      order.clear();
    }
    List<Steps.Step> all = steps.all();
    for (int s = firstStep; s < all.size() && (s == firstStep || !all.get(s).begins()); s++) {
      beginAt(s);
      for (int layer = 0; layer < units.layerCount(); layer++) {
        Batch batch = chosen(s, layer);
        AccessOrder order = orders[global ? 0 : layer];
        for (int i = 0; i < batch.count(); i++) {
          order.append(unit(layer, batch.units()[i]));
        }
      }
    }
  }

  private void beginAt(int step) {
    if (steps.all().get(step).begins()) {
      chooser.begin();
    }
  }

  private Batch chosen(int step, int layer) {
    return chooser.choose(steps.all().get(step), layer, expert -> false);
  }

  private int unit(int layer, int unit) {
    return global ? layer * units.perLayer() + unit : unit;
  }

  @Override
  public FutureUses future(int cache) {
    return orders[cache];
  }

  @Override
  public UnitUsage usage(int cache) {
    return trace -> {
      if (trace != null) {
        throw new UserException(
            "cache hot: of experts it counts uses in the trace replayed; leave calibration out");
      }
      return mostUsed(cache);
    };
  }

  /** The units of a cache, the most often looked up first, ties by lowest index. */
  private int[] mostUsed(int cache) {
    int[] uses = new int[units.perLayer() * (global ? units.layerCount() : 1)];
    int firstLayer = global ? 0 : cache;
    int endLayer = global ? units.layerCount() : cache + 1;
    for (int s = 0; s < steps.count(); s++) {
      beginAt(s);
      for (int layer = firstLayer; layer < endLayer; layer++) {
        Batch batch = chosen(s, layer);
        for (int i = 0; i < batch.count(); i++) {
          uses[unit(layer, batch.units()[i])]++;
        }
      }
    }
    return IntStream.range(0, uses.length)
        .boxed()
        .sorted(Comparator.<Integer>comparingInt(unit -> -uses[unit]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
