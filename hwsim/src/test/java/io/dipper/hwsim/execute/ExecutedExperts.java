package io.dipper.hwsim.execute;

import io.dipper.hwsim.execute.file.MissedRuns;
import io.dipper.hwsim.execute.read.CountedReads;
import io.dipper.hwsim.execute.read.ReadCounts;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.profile.model.Quantisations;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.ExpertRules;
import io.dipper.hwsim.replay.expert.ExpertReplay;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.study.point.PlannedPoint;
import io.dipper.hwsim.study.point.Simulation;
import io.dipper.hwsim.study.point.TraceInfo;
import io.dipper.hwsim.time.accounting.DesAccounting;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.progress.Progress;
import io.dipper.proto.ExpertSlice;
import io.dipper.proto.LayerStorage;
import io.dipper.proto.ModelShape;
import io.dipper.proto.PointConfig;
import io.dipper.proto.TraceManifest;
import io.dipper.trace.Site;
import io.dipper.trace.TraceBlock;
import io.dipper.trace.TraceReader;
import io.dipper.trace.TraceWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Points of a made-up model with experts, simulated and executed. */
final class ExecutedExperts implements AutoCloseable {
  static final int WIDTH = 96;
  static final int EXPERTS = 8;

  /** Of the four layers the second has none. */
  static final int[] ROUTED = {0, 2, 3};

  private static final int[] LENGTHS = {13, 6, 4, 70};

  private final TraceReader reader;
  private final Simulation simulation;

  /**
   * Writes a trace of random logits, in which experts often come again.
   *
   * @param prompts of each sequence; none where no sequence has one
   */
  ExecutedExperts(Path folder, ModelShape shape, Integer... prompts) {
    int tokens = Arrays.stream(LENGTHS).sum();
    TraceManifest manifest =
        TraceManifest.newBuilder()
            .setFormatVersion(1)
            .setModel(shape)
            .addSites(Site.ROUTER.id())
            .setBlockLength(70)
            .setSequences(LENGTHS.length)
            .setTokens(tokens)
            .addAllPrompts(List.of(prompts))
            .build();
    Path file = folder.resolve(shape.getName() + prompts.length + ".arrow");
    try (TraceWriter writer = TraceWriter.create(file, manifest, null)) {
      writer.append(block(manifest, tokens));
      writer.finish();
    }
    this.reader = TraceReader.open(file);
    this.simulation =
        new Simulation(reader, TraceInfo.of(file, reader), 2, Progress.SILENT)
            .quantised(Quantisations.find("q8_0"));
  }

  private static TraceBlock block(TraceManifest manifest, int tokens) {
    TraceBlock block = TraceBlock.of(manifest, tokens);
    Random random = new Random(5);
    for (int sequence = 0; sequence < LENGTHS.length; sequence++) {
      for (int t = 0; t < LENGTHS[sequence]; t++) {
        block.add(sequence, t, 0);
      }
    }
    for (int layer : ROUTED) {
      float[] logits = new float[tokens * EXPERTS];
      for (int i = 0; i < logits.length; i++) {
        float before = i < EXPERTS ? 0 : logits[i - EXPERTS];
        logits[i] = (float) (0.7 * before + random.nextGaussian());
      }
      block.put(layer, Site.ROUTER, 0, tokens, logits);
    }
    return block;
  }

  /** A shape whose experts are three matrices of its bits. */
  static ModelShape.Builder shape() {
    return ModelShape.newBuilder()
        .setName("routed")
        .setLayers(4)
        .setHiddenSize(WIDTH)
        .setIntermediateSize(128)
        .setHeads(2)
        .setKvHeads(1)
        .setHeadDim(48)
        .setVocabularySize(100)
        .setExperts(EXPERTS)
        .setExpertsPerToken(2)
        .setExpertIntermediateSize(64)
        .setNormTopk(true)
        .addAllRouted(List.of(true, false, true, true));
  }

  /** That shape from a file whose slices are as uneven as they can be. */
  static ModelShape uneven() {
    ModelShape.Builder shape = shape().setName("uneven");
    for (int layer = 0; layer < 4; layer++) {
      LayerStorage.Builder storage = LayerStorage.newBuilder().setDenseBytes(30_001 + layer);
      if (layer != 1) {
        storage
            .addSlices(slice("gate_up", 13_003 + 1_000 * layer))
            .addSlices(slice("down", 6_000 - layer));
      }
      shape.addStorage(storage);
    }
    return shape.build();
  }

  private static ExpertSlice slice(String matrices, long bytes) {
    return ExpertSlice.newBuilder().setMatrices(matrices).setBytes(bytes).build();
  }

  static PointConfig.Builder config(String policy, String cache, String cacheBytes) {
    return PointConfig.newBuilder()
        .setHardware(HardwareProfiles.resolve("apple-a18").profile())
        .setPolicy(Policies.parse(policy))
        .setCache(Caches.parse(cache))
        .setCapacity(Capacities.cacheBytes(cacheBytes));
  }

  /** A point with what a replay asks of it. */
  Planned plan(PointConfig.Builder config) {
    PlannedPoint point = simulation.plan(simulation.complete(config.build()));
    Workload empty = point.workload(reader.sequenceLengths());
    Execution.check(empty);
    MissedRuns runs = new MissedRuns(empty, point.replayPoint());
    Demand demand = simulation.replay(point, runs);
    return new Planned(point, point.workload(demand), reader, runs);
  }

  /** A point that can be simulated and executed. */
  record Planned(PlannedPoint point, Workload work, TraceReader recording, MissedRuns runs) {
    /** What the simulation counts, the pages of experts as they are. */
    ReadCounts exact() {
      CountedReads counts = new CountedReads();
      new DesAccounting(counts).time(work);
      return counts.counts().withBytes(runs.allBytes(work));
    }

    ExpertRules rules() {
      return (ExpertRules) point.fetch();
    }

    /** The experts that a replay chooses, by row of the demand and layer. */
    Map<String, List<Integer>> chosen() {
      Map<Integer, Integer> rows = new HashMap<>();
      rules()
          .steps(recording.sequenceLengths())
          .all()
          .forEach(
              step -> {
                if (step.decode()) {
                  rows.put(step.row(), rows.size());
                }
              });
      Map<String, List<Integer>> chosen = new HashMap<>();
      new ExpertReplay(
              recording,
              rules().steps(recording.sequenceLengths()),
              rules().units(),
              Progress.SILENT)
          .run(
              rules().point(point.replayPoint()),
              (layer, token, choice) -> {
                List<Integer> experts = new ArrayList<>();
                for (int rank = 0; rank < choice.count(); rank++) {
                  experts.add(choice.expert(rank));
                }
                chosen.put(rows.get(token) + "/" + ROUTED[layer], experts);
              });
      return chosen;
    }

    Execution execution(ExecutionRequest request) {
      return new Execution(request, work, point.replayPoint(), recording);
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
