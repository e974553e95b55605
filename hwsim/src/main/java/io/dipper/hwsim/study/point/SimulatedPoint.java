package io.dipper.hwsim.study.point;

import io.dipper.hwsim.replay.demand.Count;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.study.result.PointResult;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.RowJson;
import io.dipper.hwsim.study.result.VerdictRow;
import io.dipper.hwsim.time.accounting.Timing;
import io.dipper.hwsim.time.accounting.Traffic;
import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.proto.PointConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * One point, simulated: its configuration, what the replay asked for, the time it takes, and the
 * rows that sum them up.
 */
public record SimulatedPoint(
    PointConfig config,
    MaskPolicy policy,
    MemoryPlan plan,
    Demand demand,
    Timing timing,
    PointResult result) {

  private static final List<Count> BY_LAYER =
      List.of(Count.MISSED_RUNS, Count.OVERREAD, Count.GUESSED, Count.GUESSED_RIGHT);

  /** The row that sums it up. */
  public PointRow row() {
    return result.point();
  }

  /**
   * The row as one JSON object, with its memory, the time of a token by activity, the utilisation
   * of the components, its masks one by one, and hits, selected units and retained energy by layer.
   */
  public String json() {
    return json(List.of());
  }

  /**
   * The row as one JSON object, with its verdict against dense streaming as {@code verdict} where
   * there is one.
   */
  public String json(List<VerdictRow> verdicts) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("memory", memory());
    members.put("time_ledger_s", timing.ledger().byKey());
    if (timing.utilisation() != null) {
      members.put("utilisation", timing.utilisation());
    }
    members.put("groups", result.groups().stream().map(RowJson::object).toList());
    members.putAll(byLayer());
    members.putAll(retainedByLayer());
    verdicts.forEach(verdict -> members.put("verdict", RowJson.object(verdict)));
    return RowJson.text(row(), members);
  }

  /** What a token reads from VRAM, of the bytes that are read from memory. */
  public double vramBytesPerToken() {
    return Traffic.of(new Workload(config, plan, demand)).vramBytesPerToken();
  }

  /** {@code hits_x_by_layer} and the like: a value per layer, for the spaces that have a mask. */
  public Map<String, long[]> byLayer() {
    Map<String, long[]> members = new LinkedHashMap<>();
    for (int g = 0; g < demand.groups().size(); g++) {
      int group = g;
      String axis = name(demand.groups().get(g));
      members.put("hits_" + axis + "_by_layer", layers(l -> demand.hitsTotal(group, l)));
      members.put("selected_" + axis + "_by_layer", layers(l -> demand.selectedTotal(group, l)));
      for (Count count : BY_LAYER) {
        if (demand.counted().contains(count)) {
          String name = count.name().toLowerCase(Locale.ROOT) + "_" + axis + "_by_layer";
          members.put(name, layers(l -> demand.total(count, group, l)));
        }
      }
    }
    return members;
  }

  /**
   * {@code retained_energy_x_by_layer} and the like: the shares over all tokens, a value per layer;
   * of spaces whose energy the trace does not tell, none.
   */
  public Map<String, double[]> retainedByLayer() {
    Map<String, double[]> members = new LinkedHashMap<>();
    for (int g = 0; g < demand.groups().size(); g++) {
      int group = g;
      if (!Double.isNaN(demand.retainedEnergy(group))) {
        members.put(
            "retained_energy_" + name(demand.groups().get(g)) + "_by_layer",
            IntStream.range(0, demand.layers())
                .mapToDouble(layer -> demand.retainedEnergy(group, layer))
                .toArray());
      }
    }
    return members;
  }

  private Map<String, Object> memory() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("budget_bytes", plan.ledger().budgetBytes());
    members.put("peak_bytes", plan.ledger().peakBytes());
    members.put("parts", plan.ledger().byKey());
    if (config.getHardware().hasVram()) {
      members.put("vram_capacity_bytes", config.getHardware().getVram().getCapacity().getValue());
      members.put("vram_parts", plan.ledger().vramByKey());
      members.put("vram_bytes_read_per_token", vramBytesPerToken());
    }
    return members;
  }

  private long[] layers(IntToLongFunction total) {
    return IntStream.range(0, demand.layers()).mapToLong(total).toArray();
  }

  private static String name(UnitGroup group) {
    return group.space().id();
  }
}
