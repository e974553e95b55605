package io.dipper.hwsim.time.timeline;

import io.dipper.files.FileKind;
import io.dipper.hwsim.table.CsvTable;
import io.dipper.hwsim.time.device.Clock;
import io.dipper.hwsim.time.engine.Activity;
import io.dipper.hwsim.time.engine.Place;
import io.dipper.hwsim.time.engine.StepDemand;
import io.dipper.hwsim.time.engine.Stretch;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * The time ledger of a run: a line per token and layer, written as soon as the layer is done, so
 * that a run of any length takes no memory.
 */
final class LedgerFile implements RunFile {
  /** Ledgers, told by their first columns. */
  static final FileKind KIND =
      FileKind.ofText("a ledger", text -> text.startsWith("token,sequence,layer,"));

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
  public void spent(Stretch stretch) {
    enter(stretch.place());
    spentPs[stretch.activity().ordinal()] += stretch.endPs() - stretch.startPs();
  }

  @Override
  public void demanded(StepDemand demand) {
    enter(demand.place());
    flashBytes += demand.flashBytes();
  }

  @Override
  public void close() {
    write();
    lines.flush();
  }

  private void enter(Place place) {
    if (place.row() == token && place.layer() == layer) {
      return;
    }
    write();
    token = place.row();
    layer = place.layer();
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
            seconds(),
            flashBytes));
  }

  private LedgerRow.Seconds seconds() {
    return new LedgerRow.Seconds(
        seconds(Activity.FLASH),
        seconds(Activity.DRAM),
        seconds(Activity.COMPUTE),
        new LedgerRow.Host(
            seconds(Activity.SELECT),
            seconds(Activity.GATHER),
            seconds(Activity.ADMIT),
            seconds(Activity.LAUNCH)),
        seconds(Activity.IDLE));
  }

  private double seconds(Activity activity) {
    return Clock.seconds(spentPs[activity.ordinal()]);
  }
}
