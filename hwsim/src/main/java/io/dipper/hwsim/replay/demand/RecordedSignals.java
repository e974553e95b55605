package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.mask.Signals;
import io.dipper.hwsim.replay.unit.Signal;
import io.dipper.trace.Recording;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The recorded signals of one layer, a few rows at a time: read once for everything that looks at
 * them. Not safe for use by many threads.
 */
final class RecordedSignals implements TokenSignals {
  private final List<RowBlock> columns;
  private final List<Signals> rows;
  private int position;

  /**
   * @param signals what the selectors of the layer look at
   * @throws io.dipper.error.UserException if a site was not recorded
   */
  RecordedSignals(Recording recording, int layer, List<Signal> signals) {
    this.columns =
        signals.stream().map(signal -> new RowBlock(signal.column(recording, layer))).toList();
    this.rows =
        IntStream.range(0, RowBlock.ROWS)
            .mapToObj(r -> new Signals(columns.stream().map(column -> column.row(r)).toList()))
            .toList();
  }

  /** Reads rows, unless they are those that were read last. */
  @Override
  public void read(int first, int firstPosition, int count) {
    position = firstPosition;
    for (int c = 0; c < columns.size(); c++) {
      columns.get(c).read(first, count);
    }
  }

  @Override
  public Signals row(int r) {
    return rows.get(r).at(position + r);
  }

  /** The column of one of the signals, by its place in their list. */
  RowBlock column(int signal) {
    return columns.get(signal);
  }
}
