package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.cache.UnitCache;
import io.dipper.hwsim.replay.mask.MaskSelector;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.progress.Progress;
import io.dipper.proto.CacheStart;
import io.dipper.trace.Recording;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The replay of a point that reads through the operating system's page cache. All layers share it,
 * so tokens are played one after another through all of them; masks are computed for a few tokens
 * of a layer at a time.
 */
final class PagedReplay implements Runnable {
  private final Recording recording;
  private final int index;
  private final ReplayPoint point;
  private final Demand demand;
  private final MaskListener listener;
  private final Progress progress;
  private final Column[][] columns;
  private final PagedUnits pages;

  PagedReplay(
      Recording recording,
      int index,
      ReplayPoint point,
      PageRules rules,
      Demand demand,
      MaskListener listener,
      Progress progress) {
    this.recording = recording;
    this.index = index;
    this.point = point;
    this.demand = demand;
    this.listener = listener;
    this.progress = progress;
    List<UnitGroup> groups = point.policy().groups();
    int layers = recording.model().getLayers();
    int[] units = groups.stream().mapToInt(g -> g.units()).toArray();
    this.pages = new PagedUnits(rules, layers, units);
    this.columns = new Column[layers][groups.size()];
  }

  @Override
  public void run() {
    for (int layer = 0; layer < columns.length; layer++) {
      for (int g = 0; g < columns[layer].length; g++) {
        columns[layer][g] = new Column(layer, point.policy().groups().get(g));
      }
    }
    int first = 0;
    for (int length : recording.sequenceLengths()) {
      if (first == 0 || point.start().kind() == CacheStart.COLD) {
        pages.reset();
      }
      for (int from = 0; from < length && !Thread.interrupted(); from += RowBlock.ROWS) {
        int rows = Math.min(RowBlock.ROWS, length - from);
        select(first + from, from, rows);
        play(first + from, rows);
        progress.advance((long) rows * columns.length * columns[0].length);
      }
      first += length;
    }
    for (int layer = 0; layer < columns.length; layer++) {
      for (int g = 0; g < columns[layer].length; g++) {
        if (columns[layer][g].energy != null) {
          demand.recordRetained(g, layer, columns[layer][g].retained.value());
        }
      }
    }
  }

  private void select(int row, int position, int rows) {
    for (Column[] layer : columns) {
      for (Column column : layer) {
        column.select(row, position, rows);
      }
    }
  }

  private void play(int row, int rows) {
    for (int r = 0; r < rows; r++) {
      for (int layer = 0; layer < columns.length; layer++) {
        for (int g = 0; g < columns[layer].length; g++) {
          UnitSet mask = columns[layer][g].masks[r];
          pages.play(layer, g, mask);
          pages.record(demand, g, layer, row + r, mask.cardinality());
          listener.onMask(index, g, layer, row + r, mask);
        }
      }
    }
  }

  /** The masks of one layer and group, a few rows at a time. */
  private final class Column {
    private final RowBlock block;
    private final MaskSelector selector;
    private final UnitCache noCache;
    private final UnitSet[] masks = new UnitSet[RowBlock.ROWS];
    private final @Nullable RetainedEnergy energy;
    private final RetainedEnergy.Share retained = new RetainedEnergy.Share();

    Column(int layer, UnitGroup group) {
      int units = group.units();
      block = new RowBlock(group.scored().column(recording, layer));
      selector = point.policy().selector(layer, group);
      noCache = Caches.none(units);
      for (int r = 0; r < RowBlock.ROWS; r++) {
        masks[r] = new UnitSet(units);
      }
      energy = RetainedEnergy.of(recording, layer, group);
    }

    void select(int row, int position, int rows) {
      block.read(row, rows);
      if (energy != null) {
        energy.read(block, row, rows);
      }
      for (int r = 0; r < rows; r++) {
        selector.select(block.row(r), position + r, noCache, masks[r]);
        if (energy != null) {
          energy.add(r, masks[r], retained);
        }
      }
    }
  }
}
