package io.dipper.verifier.live;

import io.dipper.hwsim.replay.demand.MaskSink;
import io.dipper.hwsim.replay.mask.Signals;
import io.dipper.hwsim.replay.unit.UnitSet;

/** Sets the activations of units that masks do not select to zero. */
final class ZeroedUnits implements MaskSink {
  private float[] values = {};
  private int firstRow;

  /**
   * Turns to a chunk.
   *
   * @param activations row-major, one value per unit
   */
  void begin(LiveChunk chunk, float[] activations) {
    firstRow = chunk.row();
    values = activations;
  }

  @Override
  public void accept(int row, UnitSet mask, Signals signals) {
    int offset = (row - firstRow) * mask.size();
    long[] words = mask.words();
    for (int w = 0; w < words.length; w++) {
      long word = words[w];
      if (word != -1L) {
        int end = Math.min((w << 6) + 64, mask.size());
        for (int i = w << 6; i < end; i++) {
          values[offset + i] = (word >>> i & 1) != 0 ? values[offset + i] : 0;
        }
      }
    }
  }
}
