package io.dipper.hwsim.execute.file;

import io.dipper.hwsim.execute.file.WeightNeeds.Region;
import io.dipper.hwsim.execute.product.Blocks;
import io.dipper.hwsim.replay.layout.ExpertSlices;
import io.dipper.hwsim.replay.layout.ExpertSlices.Slice;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Where the regions of a point lie in a file of weights: one after another in the section of their
 * type, each from a page on, the slices of experts from their places in a page.
 */
public final class WeightMap {
  private final WeightNeeds needs;
  private final long[] units;
  private final long[] streams;
  private final ExpertSlices experts;

  WeightMap(WeightNeeds needs, WeightSections sections) {
    this.needs = needs;
    Map<Blocks, Long> next = new EnumMap<>(Blocks.class);
    this.units = places(needs.units(), sections, next);
    this.streams = places(needs.streams(), sections, next);
    this.experts = experts(needs, sections, next);
  }

  private long[] places(List<Region> regions, WeightSections sections, Map<Blocks, Long> next) {
    long[] places = new long[regions.size()];
    for (int i = 0; i < places.length; i++) {
      Region region = regions.get(i);
      if (region.bytes() > 0) {
        long unit = needs.alignment(region.blocks());
        long free = next.computeIfAbsent(region.blocks(), sections::start);
        places[i] = (free + unit - 1) / unit * unit;
        next.put(region.blocks(), places[i] + region.bytes());
      }
    }
    return places;
  }

  private static ExpertSlices experts(
      WeightNeeds needs, WeightSections sections, Map<Blocks, Long> next) {
    ExpertStore store = needs.experts();
    List<Slice> slices = store.all();
    long[] places = new long[slices.size()];
    for (int i = 0; i < places.length; i++) {
      long free = next.computeIfAbsent(store.blocks(), sections::start);
      places[i] = store.place(slices.get(i), free, needs.page());
      next.put(store.blocks(), places[i] + store.bytes(slices.get(i)));
    }
    return store.at(places);
  }

  /** How experts are stored. */
  public ExpertStore store() {
    return needs.experts();
  }

  /** Where their slices lie. */
  public ExpertSlices experts() {
    return experts;
  }

  /** How the units of each group are stored. */
  public List<GroupStore> stores() {
    return needs.stores();
  }

  /** Where the units of a layer's group begin. */
  public long units(int layer, int group) {
    return units[layer * needs.stores().size() + group];
  }

  /** Where the streamed part of a static step begins. */
  public long stream(int step) {
    return streams[step];
  }

  /** The bytes of a page: what reads are multiples of. */
  public int page() {
    return needs.page();
  }
}
