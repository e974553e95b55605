package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.trace.Recording;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One layer and group whose units are read through a page cache. */
final class PagedColumn {
  private final Strand strand;
  private final int layer;
  private final AccessListener listener;
  private final RetainedEnergy energy;
  private final RetainedEnergy.Share retained;
  private final @Nullable MaskRecall recall;
  private final KeptMasks kept;
  private final RecordedMasks masks;
  private final AccessSink counts;
  private final Access access;
  private final UnitSet nothing;

  PagedColumn(Recording recording, Strand strand, int layer, AccessListener listener) {
    this.strand = strand;
    this.layer = layer;
    this.listener = listener;
    UnitGroup group = strand.declared();
    int units = group.units();
    RecordedSignals signals = new RecordedSignals(recording, layer, group.signals());
    this.energy = RetainedEnergy.of(recording, layer, group, signals);
    this.retained = energy.share();
    this.recall = MaskRecall.of(recording, layer, group);
    this.kept = new KeptMasks(units);
    List<MaskSink> sinks = new ArrayList<>(List.of(kept, retained));
    if (recall != null) {
      sinks.add(recall);
    }
    this.masks =
        new RecordedMasks(signals, new MaskLoop(strand.selector(layer), Caches.none(units), sinks));
    this.counts = strand.point().fetch().ofUnits().counting(strand.demand(), layer, strand.group());
    this.access = new Access(layer, strand.group(), units);
    this.nothing = new UnitSet(units);
  }

  /** Chooses the masks of the next rows; see {@link RowVisitor#visit}. */
  void choose(int first, int position, int count) {
    kept.begin(first, count);
    masks.signals().read(first, position, count);
    energy.read(first, position, count);
    if (recall != null) {
      recall.read(first, count);
    }
    masks.play(first, position, count);
  }

  /** Reads what a row's mask selects. */
  void read(int row, PagedUnits pages) {
    UnitSet mask = kept.of(row);
    pages.play(layer, strand.group(), mask);
    access.of(row, mask, pages.present(strand.group()), nothing);
    counts.accept(access);
    pages.record(strand.demand(), strand.group(), layer, row);
    listener.onAccess(strand.pointIndex(), access);
  }

  /** Hands over what was summed up. */
  void finish() {
    strand.demand().recordRetained(strand.group(), layer, retained.value());
    if (recall != null) {
      strand.demand().recordRecall(strand.group(), layer, recall.value());
    }
  }
}
