package io.dipper.bench;

import com.sun.management.OperatingSystemMXBean;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.unit.Groups;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.time.accounting.DesAccounting;
import io.dipper.hwsim.time.memory.DefaultBits;
import io.dipper.hwsim.time.memory.MemoryLedger;
import io.dipper.hwsim.time.memory.MemoryPart;
import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.proto.ModelShape;
import io.dipper.proto.PointConfig;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Simulates devices at the shape of Llama-3-8B under a made-up demand on one thread, and prints the
 * steps with a mask (one per token, layer and group) per second of processor time: {@code
 * DeviceRunBenchmark [SECONDS]}.
 */
public final class DeviceRunBenchmark {
  private static final int TOKENS = 2048;
  private static final ModelShape SHAPE =
      ModelShape.newBuilder()
          .setHiddenSize(4096)
          .setIntermediateSize(14336)
          .setLayers(32)
          .setHeads(32)
          .setKvHeads(8)
          .setHeadDim(128)
          .setVocabularySize(128256)
          .build();
  private static final List<UnitGroup> DIP = Groups.inputAndGlu(SHAPE);

  private DeviceRunBenchmark() {}

  public static void main(String[] args) {
    double seconds = args.length > 0 ? Double.parseDouble(args[0]) : 3;
    Demand demand = demand();
    for (String device : HardwareProfiles.list()) {
      measure(device, demand, seconds);
    }
  }

  /** Half of the units selected, half to three quarters of those cached; misses in pairs. */
  private static Demand demand() {
    Random random = new Random(1);
    Demand demand = new Demand(DIP, SHAPE.getLayers(), new int[] {TOKENS});
    for (int row = 0; row < TOKENS; row++) {
      for (int layer = 0; layer < SHAPE.getLayers(); layer++) {
        for (int group = 0; group < DIP.size(); group++) {
          int selected = DIP.get(group).units() / 2;
          int hits = selected / 2 + random.nextInt(selected / 4);
          demand.record(group, layer, row, selected, hits, (selected - hits + 1) / 2);
        }
      }
    }
    return demand;
  }

  private static void measure(String device, Demand demand, double seconds) {
    PointConfig config =
        PointConfig.newBuilder()
            .setModel(SHAPE)
            .setBits(DefaultBits.PAPER)
            .setHardware(HardwareProfiles.resolve(device).profile())
            .setBlockLength(TOKENS)
            .build();
    ModelBytes bytes = ModelBytes.of(config);
    double fixed = bytes.attention() + bytes.head() + bytes.kvCache(TOKENS);
    MemoryLedger ledger = new MemoryLedger(fixed, Map.of(MemoryPart.KV_CACHE, fixed));
    MemoryPlan plan =
        new MemoryPlan(fixed, fixed, 0, new int[DIP.size()], bytes.total(TOKENS), ledger);
    DesAccounting accounting = new DesAccounting();
    accounting.time(new Workload(config, plan, demand));
    long start = cpuNs();
    long steps = 0;
    while (cpuNs() - start < seconds * 1e9) {
      accounting.time(new Workload(config, plan, demand));
      steps += (long) TOKENS * SHAPE.getLayers() * DIP.size();
    }
    double rate = steps / ((cpuNs() - start) / 1e9);
    System.out.printf(Locale.ROOT, "%-20s %6.2f M steps/s/core%n", device, rate / 1e6);
  }

  /** Processor time, so that other work on the machine does not count. */
  private static long cpuNs() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
