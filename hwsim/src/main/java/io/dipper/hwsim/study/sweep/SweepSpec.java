package io.dipper.hwsim.study.sweep;

import io.dipper.hwsim.profile.hardware.ResolvedProfile;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.proto.AccountingKind;
import io.dipper.proto.CacheSpec;
import io.dipper.proto.CacheStart;
import io.dipper.proto.Capacity;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.PointConfig;
import io.dipper.proto.PolicySpec;
import io.dipper.proto.WeightBits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep file says: the values of each dimension of a grid, and what is the same everywhere.
 *
 * @param trace null where the file names none
 * @param model what stands in its place, or is changed in it
 * @param policies every combination of parameters, one by one
 * @param blockLength 0 for the trace's
 * @param bits those that the file sets; the others are 0
 */
record SweepSpec(
    @Nullable Path trace,
    ModelChoice model,
    List<AccountingKind> accountings,
    List<Device> devices,
    Placements placements,
    List<Capacity> capacities,
    List<CacheSpec> caches,
    List<CacheStart> cacheStarts,
    List<PolicySpec> policies,
    int blockLength,
    int promptLength,
    WeightBits bits,
    boolean streamStatic,
    List<Long> seeds) {

  /**
   * A device.
   *
   * @param file the profile's file, or null for a built-in one
   * @param inputs that file, and those that it extends
   */
  record Device(ResolvedProfile resolved, @Nullable Path file, List<Path> inputs) {
    HardwareProfile profile() {
      return resolved.profile();
    }
  }

  /** The files that devices, policies and caches read. */
  List<Path> inputs() {
    return Stream.of(
            devices.stream().flatMap(device -> device.inputs().stream()),
            policies.stream().flatMap(policy -> Policies.files(policy).stream()),
            caches.stream().flatMap(cache -> Caches.files(cache).stream()))
        .flatMap(files -> files)
        .distinct()
        .toList();
  }

  SweepSpec withTrace(Path other) {
    return new SweepSpec(
        other,
        model,
        accountings,
        devices,
        placements,
        capacities,
        caches,
        cacheStarts,
        policies,
        blockLength,
        promptLength,
        bits,
        streamStatic,
        seeds);
  }

  /**
   * The points, not yet completed by what the trace knows, in the order of the file: accounting,
   * device, placement on Flash, memory, cache, its start, policy, seed; each once.
   */
  List<PointConfig> points() {
    LinkedHashSet<PointConfig> points = new LinkedHashSet<>();
    for (AccountingKind accounting : accountings) {
      for (Device device : devices) {
        PointConfig.Builder point =
            PointConfig.newBuilder()
                .setAccounting(accounting)
                .setHardware(device.profile())
                .setBlockLength(blockLength)
                .setPromptLength(promptLength)
                .setBits(bits)
                .setStreamStatic(streamStatic);
        placements.of(point).forEach(placed -> addCells(placed, points));
      }
    }
    return new ArrayList<>(points);
  }

  private void addCells(PointConfig.Builder point, LinkedHashSet<PointConfig> points) {
    for (Capacity capacity : capacities) {
      for (CacheSpec cache : caches) {
        for (CacheStart start : cacheStarts) {
          point.setCapacity(capacity).setCache(cache).setCacheStart(start);
          addPolicies(point, points);
        }
      }
    }
  }

  private void addPolicies(PointConfig.Builder point, LinkedHashSet<PointConfig> points) {
    for (PolicySpec policy : policies) {
      for (long seed : seeds) {
        points.add(point.setPolicy(policy).setSeed(seed).build());
      }
    }
  }

  /** An upper bound of the number of points. */
  long size() {
    return (long) accountings.size()
        * devices.size()
        * placements.size()
        * capacities.size()
        * caches.size()
        * cacheStarts.size()
        * policies.size()
        * seeds.size();
  }
}
