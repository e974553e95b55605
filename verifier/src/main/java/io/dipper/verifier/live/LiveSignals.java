package io.dipper.verifier.live;

import io.dipper.hwsim.replay.demand.SignalRows;
import io.dipper.hwsim.replay.mask.Signals;
import io.dipper.hwsim.replay.select.LiveRow;
import io.dipper.hwsim.replay.unit.Signal;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.ModelShape;
import java.util.ArrayList;
import java.util.List;

/** The live signals of a chunk of tokens, for one layer and group. */
final class LiveSignals implements SignalRows {
  private final UnitGroup group;
  private final int layer;
  private final List<LiveRow> rows = new ArrayList<>();
  private final Signals signals;
  private final float[][] sources;
  private final int[] offsets;
  private int position;

  LiveSignals(UnitGroup group, int layer, ModelShape shape) {
    this.group = group;
    this.layer = layer;
    for (Signal signal : group.signals()) {
      rows.add(new LiveRow(new float[signal.site().width(shape)]));
    }
    this.signals = new Signals(rows);
    this.sources = new float[rows.size()][];
    this.offsets = new int[rows.size()];
  }

  /**
   * Turns to a chunk.
   *
   * @param made what the forward pass made before
   * @param values what it has just made where the group's mask is applied, row-major
   */
  void begin(LiveChunk chunk, LiveActivations made, float[] values) {
    position = chunk.position();
    for (int s = 0; s < sources.length; s++) {
      Signal signal = group.signals().get(s);
      boolean here = signal.equals(Signal.of(group.valueSite()));
      sources[s] = here ? values : made.of(signal, layer, chunk.sequence());
      offsets[s] = here ? 0 : chunk.position() * rows.get(s).values().length;
    }
  }

  @Override
  public Signals row(int r) {
    for (int s = 0; s < sources.length; s++) {
      float[] row = rows.get(s).values();
      System.arraycopy(sources[s], offsets[s] + r * row.length, row, 0, row.length);
    }
    return signals.at(position + r);
  }
}
