package io.dipper.hwsim.time.timeline;

import io.dipper.hwsim.table.CsvTable;
import io.dipper.hwsim.time.engine.Activity;
import io.dipper.hwsim.time.engine.EngineListener;
import io.dipper.hwsim.time.engine.StepKind;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * The time ledger of a run: a line per token and layer, written as soon as the layer is done, so
 * that a run of any length takes no memory.
 */
final class LedgerFile implements EngineListener, AutoCloseable {
  private static final double PS_PER_SECOND = 1e12;

  private final CsvTable.Lines<LedgerRow> lines;
  private final RunShape shape;
  private final double[] spentPs = new double[Activity.values().length];
  private double flashBytes;
  private int token = -1;
  private int layer;

  /**
   * @param out stays open
   */
  LedgerFile(OutputStream out, RunShape shape) {
    this.lines = CsvTable.lines(out, LedgerRow.class);
    this.shape = shape;
  }

  @Override
  public void spent(
      int row, int rowLayer, StepKind step, Activity activity, double startPs, double endPs) {
    enter(row, rowLayer);
    spentPs[activity.ordinal()] += endPs - startPs;
  }

  @Override
  public void demanded(
      int row, int rowLayer, StepKind step, int selected, int hits, double bytes, double atPs) {
    enter(row, rowLayer);
    flashBytes += bytes;
  }

  @Override
  public void close() {
    write();
    lines.flush();
  }

  private void enter(int row, int rowLayer) {
    if (row == token && rowLayer == layer) {
      return;
    }
    write();
    token = row;
    layer = rowLayer;
    Arrays.fill(spentPs, 0);
    flashBytes = 0;
  }

  private void write() {
    if (token < 0) {
      return;
    }
    lines.write(
        new LedgerRow(
            token,
            shape.sequence(token),
            layer,
            layer == shape.layers() ? "head" : "layer",
            seconds(Activity.FLASH),
            seconds(Activity.DRAM),
            seconds(Activity.COMPUTE),
            seconds(Activity.SELECT),
            seconds(Activity.GATHER),
            seconds(Activity.LAUNCH),
            seconds(Activity.IDLE),
            flashBytes));
  }

  private double seconds(Activity activity) {
    return spentPs[activity.ordinal()] / PS_PER_SECOND;
  }
}
