package io.dipper.hwsim.execute.file;

import io.dipper.hwsim.execute.product.Blocks;
import io.dipper.hwsim.replay.layout.Layouts;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.hwsim.time.schedule.Schedule;
import io.dipper.hwsim.time.schedule.Step;
import io.dipper.hwsim.time.schedule.Workload;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What of a point lies on the disk: the masked units, layer by layer and group by group as the
 * layout says, and what is streamed of static weights, step by step. Each of these regions holds
 * blocks of one type.
 *
 * @param page in bytes: what regions begin with, and reads are multiples of
 * @param stores how the units of each group are stored
 * @param units the regions of masked units: of each layer one for every group
 * @param streams the streamed region of each step, without bytes where nothing is streamed
 * @param experts of which each slice of a layer is a region of its own
 */
public record WeightNeeds(
    int page,
    List<GroupStore> stores,
    List<Region> units,
    List<Region> streams,
    ExpertStore experts) {
  public WeightNeeds {
    stores = List.copyOf(stores);
    units = List.copyOf(units);
    streams = List.copyOf(streams);
  }

  /**
   * A stretch of a file.
   *
   * @param blocks the type of what it holds
   */
  public record Region(long bytes, Blocks blocks) {}

  /** What a point needs; its demand may be empty. */
  public static WeightNeeds of(Workload work, Schedule schedule) {
    ExpertStore experts = ExpertStore.of(work);
    List<GroupStore> stores = experts == ExpertStore.NONE ? stores(work) : List.of();
    Blocks blocks = Blocks.nearest(work.bytes().bits().getMlp(), work.config());
    List<Region> units = new ArrayList<>();
    for (int layer = 0; layer < work.demand().layers(); layer++) {
      stores.forEach(store -> units.add(new Region(store.bytes(), blocks)));
    }
    List<Region> streams = new ArrayList<>();
    for (Step step : schedule.plan().steps()) {
      streams.add(
          new Region(
              (long) Math.ceil(step.streamedBytes()),
              Blocks.nearest(step.weights().bits(), work.config())));
    }
    int page = (int) ModelBytes.pageBytes(work.config().getHardware().getFlash());
    return new WeightNeeds(page, stores, units, streams, experts);
  }

  private static List<GroupStore> stores(Workload work) {
    return work.demand().groups().stream()
        .map(
            group ->
                GroupStore.of(group, Layouts.of(work.config().getLayout()), work.bytes().bits()))
        .toList();
  }

  /** These, without what is streamed of static weights. */
  public WeightNeeds ofUnits() {
    List<Region> none = streams.stream().map(stream -> new Region(0, stream.blocks())).toList();
    return new WeightNeeds(page, stores, units, none, experts);
  }

  /** The bytes that the regions of each type take wherever the first of them may begin. */
  Map<Blocks, Long> sizes() {
    Map<Blocks, Long> sizes = new EnumMap<>(Blocks.class);
    units.forEach(region -> add(region, sizes));
    streams.forEach(region -> add(region, sizes));
    // Before each the way to its place in a page, which is at most as long as a unit of alignment.
    long before = alignment(experts.blocks());
    experts.all().stream()
        .map(slice -> new Region(experts.bytes(slice) + before, experts.blocks()))
        .forEach(region -> add(region, sizes));
    return sizes;
  }

  private void add(Region region, Map<Blocks, Long> sizes) {
    if (region.bytes > 0) {
      long unit = alignment(region.blocks);
      long before = sizes.getOrDefault(region.blocks, unit);
      sizes.put(region.blocks, before + (region.bytes + unit - 1) / unit * unit);
    }
  }

  /** What regions of a type begin at multiples of: whole pages, and whole blocks. */
  long alignment(Blocks blocks) {
    long unit = page;
    while (unit % blocks.bytes() != 0) {
      unit += page;
    }
    return unit;
  }
}
