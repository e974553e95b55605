package io.dipper.hwsim.study.point;

import io.dipper.files.OutputFile;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.routes.RouteImport;
import io.dipper.hwsim.time.device.FlashTiming;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.progress.Progress;
import io.dipper.proto.Flash;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Quantity;
import io.dipper.proto.Speculation;
import io.dipper.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A small model with experts on a device whose times can be written down by hand. */
final class TimedExperts {
  static final int LAYERS = 3;
  static final int EXPERTS = 16;
  static final int PER_TOKEN = 5;
  static final int TOKENS = 40;
  static final int PAGE = 4096;
  static final long DENSE = 1_000_000;
  static final long[] BYTES = {300L * PAGE, 300L * PAGE, 360L * PAGE};
  static final double BANDWIDTH = 50e9;
  static final double SYNCHRONISATION = 1e-4;

  /** What a layer with experts takes beside. */
  static final double LAYER = 3e-4;

  /** The time of a layer before its router has spoken. */
  static final double WINDOW = DENSE / BANDWIDTH + SYNCHRONISATION + LAYER;

  private final Simulation simulation;

  /** The experts of each token and layer, by rank. */
  final List<List<List<Integer>>> routes = new ArrayList<>();

  /** Draws the experts of tokens at random and imports them. */
  TimedExperts(Path folder) throws IOException {
    Random random = new Random(7);
    List<String> lines = new ArrayList<>();
    lines.add("# model=tiny.gguf arch=tiny n_layer=3 n_expert=16 n_expert_used=5");
    for (int layer = 0; layer < LAYERS; layer++) {
      lines.add("# layer=" + layer + " expert_bytes=" + BYTES[layer] + " dense_bytes=" + DENSE);
    }
    lines.add("turn,phase,step,layer,slot,expert,weight");
    for (int token = 0; token < TOKENS; token++) {
      routes.add(new ArrayList<>());
      for (int layer = 0; layer < LAYERS; layer++) {
        List<Integer> experts = new ArrayList<>(IntStream.range(0, EXPERTS).boxed().toList());
        Collections.shuffle(experts, random);
        routes.get(token).add(List.copyOf(experts.subList(0, PER_TOKEN)));
        for (int slot = 0; slot < PER_TOKEN; slot++) {
          lines.add("0,1," + token + "," + layer + "," + slot + "," + experts.get(slot) + ",0.2");
        }
      }
    }
    Path source = Files.write(folder.resolve("r.csv"), lines);
    Path file = folder.resolve("t.arrow");
    try (OutputFile output = OutputFile.recording(file, OutputFile.Existing.REPLACED)) {
      RouteImport.run(source, "test", output, Progress.SILENT);
    }
    this.simulation = Simulation.of(file, TraceReader.open(file), 1, Progress.SILENT);
  }

  SimulatedPoint run(HardwareProfile device, String cache) {
    return simulation.run(config(device, cache, Speculation.NO_SPECULATION));
  }

  SimulatedPoint run(HardwareProfile device, String cache, Speculation speculation) {
    return simulation.run(config(device, cache, speculation));
  }

  PlannedPoint plan(HardwareProfile device, String cache, Speculation speculation) {
    return simulation.plan(config(device, cache, speculation));
  }

  private PointConfig config(HardwareProfile device, String cache, Speculation speculation) {
    return simulation.complete(
        PointConfig.newBuilder()
            .setHardware(device)
            .setPolicy(Policies.parse("router"))
            .setCache(Caches.parse(cache))
            .setCapacity(Capacities.cacheBytes("30 MB"))
            .setSpeculation(speculation)
            .build());
  }

  /** How long the slices of some experts take in one queue, a page more each than they are long. */
  static double fetch(Flash flash, int layer, int experts) {
    return experts == 0
        ? 0
        : FlashTiming.of(flash).requestsSeconds(3.0 * experts, BYTES[layer] / 3.0 + PAGE);
  }

  /**
   * @param expertByte the arithmetic of an expert, in seconds by its bytes
   * @param admitByte what it costs to take it into a cache
   */
  static HardwareProfile device(Overlap overlap, int lanes, double expertByte, double admitByte) {
    HardwareProfile.Builder device =
        HardwareProfiles.resolve("paper").profile().toBuilder().setOverlap(overlap);
    device
        .getFlashBuilder()
        .setMaxBandwidth(q(4e9))
        .setLatency(q(8e-5))
        .setLaneBandwidth(q(1e9))
        .setLanes(q(lanes))
        .setPageSize(q(PAGE));
    device.getDramBuilder().setBandwidth(q(BANDWIDTH)).clearEfficiency().clearCapacity();
    device
        .getProcessorBuilder()
        .setLayerSynchronisation(q(SYNCHRONISATION))
        .setExpertLayer(q(LAYER))
        .setExpertArithmetic(q(expertByte))
        .setAdmit(q(admitByte));
    return device.build();
  }

  private static Quantity q(double value) {
    return Quantity.newBuilder().setValue(value).build();
  }
}
