package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.select.RecordedRow;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.trace.Recording;
import io.dipper.trace.SiteColumn;

/**
 * The masks of one point's group in one layer, one after another: for walking a replay in step with
 * a live run. Not safe for use by many threads.
 */
public final class ReplayMasks {
  private final UnitHook hook;
  private final SiteColumn column;
  private final int[] lengths;
  private final RecordedRow scores;
  private int sequence;
  private int position;
  private int row;

  /**
   * @param group the index of the group in the point's policy
   * @throws io.dipper.error.UserException if the site was not recorded, or the cache must see the
   *     future
   */
  public ReplayMasks(Recording recording, ReplayPoint point, int layer, int group) {
    this.hook = UnitHook.create(point, recording.model(), layer, group);
    this.column = point.policy().groups().get(group).scored().column(recording, layer);
    this.lengths = recording.sequenceLengths();
    this.scores = new RecordedRow(column.width());
  }

  /** Whether there is another row. */
  public boolean hasNext() {
    return row < column.rows();
  }

  /** The mask of the next row, valid until the one after it. */
  public UnitSet next() {
    while (position == lengths[sequence]) {
      sequence++;
      position = 0;
    }
    if (position == 0) {
      hook.begin();
    }
    scores.read(column, row++);
    return hook.step(scores, position++);
  }

  /** Its selected units. */
  public int selected() {
    return hook.selected();
  }

  /** How many of them were cached. */
  public int hits() {
    return hook.hits();
  }
}
