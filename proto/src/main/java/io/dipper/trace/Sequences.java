package io.dipper.trace;

import java.util.ArrayList;
import java.util.List;

/** Finds the sequences of a trace: numbered from 0, contiguous, each from position 0 up by one. */
final class Sequences {
  private Sequences() {}

  static List<SequenceSpan> of(List<TraceBatch> batches) {
    List<SequenceSpan> spans = new ArrayList<>();
    int sequence = -1;
    int firstRow = 0;
    int row = 0;
    for (TraceBatch batch : batches) {
      for (int r = 0; r < batch.rows(); r++, row++) {
        int s = batch.sequence(r);
        int p = batch.position(r);
        if (p == 0 && s == sequence + 1) {
          if (sequence >= 0) {
            spans.add(new SequenceSpan(sequence, firstRow, row - firstRow));
          }
          sequence = s;
          firstRow = row;
        } else if (s != sequence) {
          String want = sequence < 0 ? "0" : sequence + ", or " + (sequence + 1);
          throw batch.error("sequence", r, s + ", want " + want + " at position 0");
        } else if (p != row - firstRow) {
          throw batch.error("position", r, p + ", want " + (row - firstRow));
        }
      }
    }
    if (sequence >= 0) {
      spans.add(new SequenceSpan(sequence, firstRow, row - firstRow));
    }
    return List.copyOf(spans);
  }
}
