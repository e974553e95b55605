package io.dipper.hwsim.execute;

import io.dipper.hwsim.execute.file.ExpertStore;
import io.dipper.hwsim.execute.file.GroupStore;
import io.dipper.hwsim.execute.file.WeightFile;
import io.dipper.hwsim.execute.file.WeightMap;
import io.dipper.hwsim.execute.product.Blocks;
import io.dipper.hwsim.execute.product.KvWeights;
import io.dipper.hwsim.execute.product.StaticWeights;
import io.dipper.hwsim.execute.product.Templates;
import io.dipper.hwsim.execute.read.Lanes;
import io.dipper.hwsim.execute.read.StreamBuffers;
import io.dipper.hwsim.execute.read.Stretch;
import io.dipper.hwsim.execute.team.Team;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.ExpertBudget;
import io.dipper.hwsim.time.device.ReadsInFlight;
import io.dipper.hwsim.time.schedule.Schedule;
import io.dipper.hwsim.time.schedule.Step;
import io.dipper.hwsim.time.schedule.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a point is executed with: the file, the lanes that read it, the team that multiplies, and
 * the memory of static weights and of units.
 */
final class Machine implements AutoCloseable {
  /** The width of a model that nothing says of. */
  private static final int UNKNOWN_WIDTH = 2048;

  private final WeightMap map;
  private final Lanes lanes;
  private final Team team;
  private final List<StaticWeights> weights = new ArrayList<>();
  private final List<@Nullable KvWeights> kv = new ArrayList<>();
  private final List<@Nullable Stretch> streams = new ArrayList<>();
  private final List<UnitMemory> units = new ArrayList<>();
  private final UnitMemory experts;
  private final int width;
  private final StreamBuffers buffers;
  private final StreamBuffers images;
  private final float[] activations;

  Machine(
      Workload work, Schedule schedule, WeightMap map, WeightFile file, ExecutionRequest request) {
    this.map = map;
    Step[] steps = schedule.plan().steps();
    int hidden = work.config().getModel().getHiddenSize();
    this.width = hidden == 0 ? UNKNOWN_WIDTH : hidden;
    Templates templates = file.templates();
    if (templates != null) {
      for (int step = 0; step < steps.length; step++) {
        addStatic(steps[step], step, width, work, templates);
      }
    }
    long largest = streams.stream().mapToLong(s -> s == null ? 0 : s.size()).max().orElse(0);
    this.buffers = new StreamBuffers(Math.toIntExact(largest));
    long region = map.stores().stream().mapToLong(GroupStore::bytes).max().orElse(0);
    this.images = new StreamBuffers(Math.toIntExact(region + 2L * map.page()));
    for (int group = 0; group < map.stores().size(); group++) {
      int kept = Math.min(work.plan().cacheColumns()[group], map.stores().get(group).units());
      int slots = kept * work.demand().layers() + map.stores().get(group).units();
      units.add(new UnitMemory(map.stores().get(group).unitBytes(), slots));
    }
    this.experts = experts(work, map.store());
    this.activations = new float[longest(width, work, steps)];
    for (int i = 0; i < activations.length; i++) {
      activations[i] = (i % 7 - 3) / 8f;
    }
    this.team = new Team(request.threads());
    int streams = (int) Math.min(request.lanes(), ReadsInFlight.ofStream(work.device().getFlash()));
    this.lanes = new Lanes(file.file(), request.lanes(), streams);
  }

  private static UnitMemory experts(Workload work, ExpertStore store) {
    ExpertBudget budget = work.demand().reading().experts();
    if (budget == null) {
      return new UnitMemory(1, 0);
    }
    long largest = budget.expertBytes().stream().mapToLong(Long::longValue).max().orElse(1);
    int perToken = work.config().getModel().getExpertsPerToken();
    boolean global = Caches.isGlobal(work.config().getCache());
    return new UnitMemory(
        Math.toIntExact(largest), ExpertSlots.count(budget, store, perToken, global));
  }

  private void addStatic(Step step, int index, int width, Workload work, Templates templates) {
    double streamed = step.streamedBytes();
    weights.add(
        new StaticWeights(
            templates.of(step.weights().bits(), work.config()),
            width,
            step.weights().bytes(),
            streamed));
    kv.add(
        step.kv().bytes() == 0
            ? null
            : new KvWeights(
                templates.of(step.kv().bits(), work.config()),
                step.kv(),
                work.config().getBlockLength()));
    long start = map.stream(index);
    long end = start + (long) Math.ceil(streamed);
    streams.add(streamed == 0 ? null : Stretch.pages(start, end, map.page()));
  }

  private static int longest(int width, Workload work, Step[] steps) {
    int units = Arrays.stream(steps).mapToInt(step -> step.units().count()).max().orElse(0);
    int rows =
        Math.max(Blocks.WIDEST, Math.max(width, work.config().getModel().getIntermediateSize()));
    return Math.max(units, Math.max(rows, (int) work.bytes().attentionWidth()));
  }

  WeightMap map() {
    return map;
  }

  Lanes lanes() {
    return lanes;
  }

  Team team() {
    return team;
  }

  /** The static weights of a step; without rows where it has none. */
  StaticWeights weights(int step) {
    return weights.get(step);
  }

  /** The KV cache of a step; null where it has none. */
  @Nullable KvWeights kv(int step) {
    return kv.get(step);
  }

  /** What is streamed of a step's static weights; null for nothing. */
  @Nullable Stretch stream(int step) {
    return streams.get(step);
  }

  /** The memory of a group's units. */
  UnitMemory units(int group) {
    return units.get(group);
  }

  /** The memory of experts. */
  UnitMemory experts() {
    return experts;
  }

  /** The weights of a row where nothing else is said of it. */
  int width() {
    return width;
  }

  StreamBuffers buffers() {
    return buffers;
  }

  /** Buffers that hold all pages of a layer's group. */
  StreamBuffers images() {
    return images;
  }

  /** The made-up activations that all weights are multiplied with. */
  float[] activations() {
    return activations;
  }

  @Override
  public void close() {
    lanes.close();
    team.close();
  }
}
