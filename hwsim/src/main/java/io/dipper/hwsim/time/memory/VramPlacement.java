package io.dipper.hwsim.time.memory;

import io.dipper.proto.PointConfig;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What lies in the memory beside the processor: static weights first, then the KV cache, then
 * cached units, each as far as there is room. What is placed of several parts together is taken
 * from all of them alike. Buffers and pages of the operating system lie in DRAM.
 */
final class VramPlacement {
  private static final List<Set<MemoryPart>> ORDER =
      List.of(
          MemoryPart.WEIGHTS, EnumSet.of(MemoryPart.KV_CACHE), EnumSet.of(MemoryPart.UNIT_CACHES));

  private VramPlacement() {}

  /** The capacity of a point's device; 0 where it has no such memory. */
  static double capacity(PointConfig config) {
    return config.getHardware().getVram().getCapacity().getValue();
  }

  /** The bytes of each part that lie there. */
  static Map<MemoryPart, Double> of(double capacity, Map<MemoryPart, Double> parts) {
    Map<MemoryPart, Double> placed = new EnumMap<>(MemoryPart.class);
    double left = capacity;
    for (Set<MemoryPart> next : ORDER) {
      left -= place(left, next, parts, placed);
    }
    return placed;
  }

  private static double place(
      double left,
      Set<MemoryPart> together,
      Map<MemoryPart, Double> parts,
      Map<MemoryPart, Double> placed) {
    double all = 0;
    for (MemoryPart part : together) {
      all += parts.getOrDefault(part, 0.0);
    }
    double share = all <= left ? 1 : left / all;
    for (MemoryPart part : together) {
      placed.put(part, share * parts.getOrDefault(part, 0.0));
    }
    return share * all;
  }
}
