package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.demand.CachePlayer.Place;
import io.dipper.hwsim.replay.mask.CacheView;
import io.dipper.hwsim.replay.mask.MaskSelector;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.trace.Recording;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One point in the order in which a machine works: all layers and groups of a token before the next
 * token; on recorded signals, or on those of a model that runs. {@link Replay} goes layer by layer,
 * which is faster, and gives the same accesses. Nothing is guessed. Not safe for use by many
 * threads.
 */
public final class TokenReplay {
  /** How many rows {@link #read} takes at most. */
  public static final int ROWS = RowBlock.ROWS;

  private final int groups;
  private final Column[] columns;
  private int firstRow;

  /** The signals, the cache and the masks of a layer and group. */
  private record Column(TokenSignals signals, CachePlayer cache, MaskLoop loop) {}

  /** What masks are chosen from. */
  @FunctionalInterface
  public interface Source {
    /** The signals of a group of units in a layer. */
    TokenSignals of(int layer, UnitGroup group);

    /**
     * Recorded ones.
     *
     * @throws io.dipper.error.UserException from {@link #of}, if a site was not recorded
     */
    static Source of(Recording recording) {
      return (layer, group) -> new RecordedSignals(recording, layer, group.signals());
    }
  }

  /**
   * A replay before its first sequence.
   *
   * @param layers of the model
   * @param around wraps each selector, e.g. to take its time
   * @param sink hears each access before the cache changes
   * @throws io.dipper.error.UserException if the cache must see the future, which is not known here
   */
  public TokenReplay(
      Source source,
      int layers,
      ReplayPoint point,
      UnaryOperator<MaskSelector> around,
      AccessSink sink) {
    List<UnitGroup> declared = point.policy().groups();
    this.groups = declared.size();
    this.columns = new Column[layers * groups];
    for (int layer = 0; layer < layers; layer++) {
      for (int group = 0; group < groups; group++) {
        UnitGroup own = declared.get(group);
        CachePlayer cache =
            CachePlayer.unguessed(point, new Place(layer, layers, group), List.of(sink));
        MaskSelector selector = around.apply(point.policy().selector(layer, own));
        columns[layer * groups + group] =
            new Column(
                source.of(layer, own), cache, new MaskLoop(selector, cache.view(), List.of(cache)));
      }
    }
  }

  /** A sequence begins. */
  public void begin() {
    for (Column column : columns) {
      column.cache.begin();
    }
  }

  /**
   * Turns to a few rows, for all layers.
   *
   * @param first the first row, counted over all sequences
   * @param position its position in its sequence
   * @param count at most {@link #ROWS}
   */
  public void read(int first, int position, int count) {
    firstRow = first;
    for (Column column : columns) {
      column.signals.read(first, position, count);
    }
  }

  /** Chooses the mask of a layer and group for one of the rows that were read last. */
  public void play(int row, int layer, int group) {
    Column column = columns[layer * groups + group];
    column.loop.play(r -> column.signals.row(row - firstRow + r), row, 1);
  }

  /** What the cache of a layer and group holds. */
  public CacheView cache(int layer, int group) {
    return columns[layer * groups + group].cache.view();
  }
}
