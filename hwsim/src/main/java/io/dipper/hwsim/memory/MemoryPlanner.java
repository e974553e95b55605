package io.dipper.hwsim.memory;

import io.dipper.error.UserException;
import io.dipper.hwsim.mask.MaskPolicy;
import io.dipper.hwsim.mask.UnitGroup;
import io.dipper.proto.Capacity;
import io.dipper.proto.PointConfig;
import java.util.List;
import java.util.Locale;

/**
 * Divides the DRAM: what is static must fit, what is left is divided evenly between the matrices
 * that masks cover, in all layers.
 */
public final class MemoryPlanner {
  private MemoryPlanner() {}

  /**
   * The plan of a point.
   *
   * @throws UserException if the static weights do not fit and may not stream, or no capacity is
   *     set
   */
  public static MemoryPlan plan(PointConfig config, MaskPolicy policy) {
    ModelBytes bytes = ModelBytes.of(config);
    double total = bytes.total(config.getBlockLength());
    Capacity capacity = config.getCapacity();
    return switch (capacity.getFormCase()) {
      case DRAM_BYTES -> ofBudget(config, policy, bytes, total, capacity.getDramBytes());
      case DRAM_FRACTION ->
          ofBudget(config, policy, bytes, total, capacity.getDramFraction() * total);
      case CACHE_FRACTION -> ofFraction(config, policy, bytes, total, capacity.getCacheFraction());
      case FORM_NOT_SET ->
          throw new UserException("no capacity is given; set dram (bytes or %) or cache_fraction");
    };
  }

  private static MemoryPlan ofBudget(
      PointConfig config, MaskPolicy policy, ModelBytes bytes, double total, double capacity) {
    double fixed = bytes.fixed(policy, config.getBlockLength());
    if (fixed > capacity && !config.getStreamStatic()) {
      throw doesNotFit(config, policy, bytes, fixed, capacity);
    }
    double dynamic = Math.max(0, capacity - fixed);
    int matrices = ModelBytes.coveredMatrices(policy) * config.getModel().getLayers();
    List<UnitGroup> groups = policy.groups();
    int[] columns = new int[groups.size()];
    for (int g = 0; g < columns.length; g++) {
      columns[g] = (int) Math.floor(dynamic / matrices / bytes.unit(groups.get(g)));
    }
    return new MemoryPlan(capacity, fixed, Math.max(0, fixed - capacity), columns, total);
  }

  private static MemoryPlan ofFraction(
      PointConfig config, MaskPolicy policy, ModelBytes bytes, double total, double fraction) {
    double fixed = bytes.fixed(policy, config.getBlockLength());
    List<UnitGroup> groups = policy.groups();
    int[] columns = new int[groups.size()];
    double dram = fixed;
    for (int g = 0; g < columns.length; g++) {
      UnitGroup group = groups.get(g);
      columns[g] = (int) Math.floor(fraction * group.axis().units(config.getModel()));
      dram +=
          columns[g] * bytes.unit(group) * group.covers().size() * config.getModel().getLayers();
    }
    return new MemoryPlan(dram, fixed, 0, columns, total);
  }

  private static UserException doesNotFit(
      PointConfig config, MaskPolicy policy, ModelBytes bytes, double fixed, double capacity) {
    double dense = bytes.denseMlp(policy);
    return new UserException(
        String.format(
            Locale.ROOT,
            "the static weights of %s do not fit: attention %s + head %s + KV cache %s%s = %s, and"
                + " DRAM is %s; give at least %.0f%% of the model, or let static weights stream",
            policy.spec().getName(),
            print(bytes.attention()),
            print(bytes.head()),
            print(bytes.kvCache(config.getBlockLength())),
            dense == 0 ? "" : " + dense MLP matrices " + print(dense),
            print(fixed),
            print(capacity),
            Math.ceil(100 * fixed / bytes.total(config.getBlockLength()))));
  }

  private static String print(double bytes) {
    return bytes >= 1e9
        ? String.format(Locale.ROOT, "%.2f GB", bytes / 1e9)
        : String.format(Locale.ROOT, "%.2f MB", bytes / 1e6);
  }
}
