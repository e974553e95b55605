package io.dipper.hwsim.time.accounting;

import io.dipper.hwsim.profile.hardware.Backends;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.Count;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.unit.Groups;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.time.memory.DefaultBits;
import io.dipper.hwsim.time.memory.MemoryLedger;
import io.dipper.hwsim.time.memory.MemoryPart;
import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.proto.AccountingKind;
import io.dipper.proto.Dram;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.ModelShape;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Quantity;
import io.dipper.trace.Site;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Made-up points: a small model, and counts of selected and cached units from a seed. */
public final class Synthetic {
  public static final int LAYERS = 3;
  public static final ModelShape SHAPE =
      ModelShape.newBuilder()
          .setHiddenSize(512)
          .setIntermediateSize(1536)
          .setLayers(LAYERS)
          .setHeads(8)
          .setKvHeads(4)
          .setHeadDim(64)
          .setVocabularySize(8192)
          .build();

  /** The groups of DIP: all three matrices are masked. */
  public static final List<UnitGroup> DIP = Groups.inputAndGlu(SHAPE);

  /** The group of GLU pruning: the up and gate matrices are dense. */
  public static final List<UnitGroup> GLU = Groups.scoredBy(SHAPE, Site.GLU, Matrix.DOWN);

  private Synthetic() {}

  /**
   * Counts at random: half of the units selected, give or take a quarter, any share of them cached,
   * no two missed ones adjacent.
   */
  public static Demand random(List<UnitGroup> groups, long seed, int... sequenceLengths) {
    Random random = new Random(seed);
    Demand demand = new Demand(groups, LAYERS, sequenceLengths);
    for (int row = 0; row < demand.tokens(); row++) {
      for (int layer = 0; layer < LAYERS; layer++) {
        for (int group = 0; group < groups.size(); group++) {
          int units = groups.get(group).units();
          int selected = units / 4 + random.nextInt(units / 2);
          int hits = random.nextInt(selected + 1);
          demand.record(group, layer, row, selected, hits, selected - hits);
        }
      }
    }
    return demand;
  }

  /** Every token selects all units and finds a share of them cached. */
  public static Demand dense(List<UnitGroup> groups, double hitShare, int... sequenceLengths) {
    Demand demand = new Demand(groups, LAYERS, sequenceLengths);
    for (int row = 0; row < demand.tokens(); row++) {
      for (int layer = 0; layer < LAYERS; layer++) {
        for (int group = 0; group < groups.size(); group++) {
          int units = groups.get(group).units();
          int hits = (int) (hitShare * units);
          demand.record(group, layer, row, units, hits, hits < units ? 1 : 0);
        }
      }
    }
    return demand;
  }

  /**
   * What every token selects and finds in every layer.
   *
   * @param overread the units that its requests read over
   */
  public record Counts(int selected, int hits, int missedRuns, int overread) {
    public Counts(int selected, int hits, int missedRuns) {
      this(selected, hits, missedRuns, 0);
    }

    public Counts overreading(int units) {
      return new Counts(selected, hits, missedRuns, units);
    }
  }

  /** Under {@link #DIP}, the same counts of input and of GLU units for every token and layer. */
  public static Demand constant(int tokens, Counts input, Counts glu) {
    boolean overreads = input.overread + glu.overread > 0;
    Demand demand =
        new Demand(DIP, LAYERS, new int[] {tokens}, overreads ? Set.of(Count.OVERREAD) : Set.of());
    for (int row = 0; row < tokens; row++) {
      for (int layer = 0; layer < LAYERS; layer++) {
        record(demand, 0, layer, row, input);
        record(demand, 1, layer, row, glu);
      }
    }
    return demand;
  }

  private static void record(Demand demand, int group, int layer, int row, Counts counts) {
    demand.record(group, layer, row, counts.selected, counts.hits, counts.missedRuns);
    demand.record(Count.OVERREAD, group, layer, row, counts.overread);
  }

  public static PointConfig config(HardwareProfile hardware, int block, int prompt) {
    return PointConfig.newBuilder()
        .setModel(SHAPE)
        .setAccounting(AccountingKind.DES)
        .setBits(DefaultBits.PAPER)
        .setHardware(Backends.choose(hardware, ""))
        .setBlockLength(block)
        .setPromptLength(prompt)
        .setCache(Caches.parse("lfu"))
        .build();
  }

  /**
   * The plan of a point without caches whose static weights do not fit by some bytes, with a
   * read-ahead buffer as the device says, else without bounds.
   */
  public static MemoryPlan plan(PointConfig config, List<UnitGroup> groups, double streamedBytes) {
    Dram dram = config.getHardware().getDram();
    double buffer =
        dram.hasPrefetchBuffer() ? dram.getPrefetchBuffer().getValue() : Double.POSITIVE_INFINITY;
    return plan(config, groups, streamedBytes, buffer);
  }

  public static MemoryPlan plan(
      PointConfig config, List<UnitGroup> groups, double streamedBytes, double buffer) {
    return plan(config, groups, streamedBytes, buffer, Double.POSITIVE_INFINITY);
  }

  public static MemoryPlan plan(
      PointConfig config,
      List<UnitGroup> groups,
      double streamedBytes,
      double buffer,
      double staging) {
    ModelBytes bytes = ModelBytes.of(config);
    int covered = groups.stream().mapToInt(g -> g.covers().size()).sum();
    double fixed =
        bytes.attention()
            + bytes.head()
            + bytes.kvCache(config.getBlockLength())
            + (3 - covered) * bytes.matrix() * LAYERS;
    return new MemoryPlan(
        fixed - streamedBytes,
        fixed,
        streamedBytes,
        new int[groups.size()],
        bytes.total(config.getBlockLength()),
        new MemoryLedger(
            Double.POSITIVE_INFINITY,
            Map.of(
                MemoryPart.READ_AHEAD,
                buffer,
                MemoryPart.STAGING,
                staging,
                MemoryPart.KV_CACHE,
                bytes.kvCache(config.getBlockLength()))));
  }

  public static Quantity q(double value) {
    return Quantity.newBuilder().setValue(value).build();
  }
}
