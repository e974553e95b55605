package io.dipper.hwsim.time.timeline;

import io.dipper.files.FileKind;
import io.dipper.hwsim.table.CsvTable;
import io.dipper.hwsim.time.device.Clock;
import io.dipper.hwsim.time.engine.Activity;
import io.dipper.hwsim.time.engine.StepDemand;
import io.dipper.hwsim.time.engine.Stretch;
import java.io.OutputStream;
import java.util.Arrays;

/** What each token asked for and took: a line as soon as the token is done. */
final class TokenFile implements RunFile {
  /** Tokens, told by their first columns. */
  static final FileKind KIND =
      FileKind.ofText("a file of tokens", text -> text.startsWith("token,selected,hits,"));

  private final CsvTable.Lines<TokenRow> lines;
  private final double[] spentPs = new double[Activity.values().length];
  private long selected;
  private long hits;
  private double flashBytes;
  private double requests;
  private int token = -1;

  /**
   * @param out stays open
   */
  TokenFile(OutputStream out) {
    this.lines = CsvTable.lines(out, TokenRow.class);
  }

  @Override
  public void spent(Stretch stretch) {
    enter(stretch.place().row());
    spentPs[stretch.activity().ordinal()] += stretch.endPs() - stretch.startPs();
  }

  @Override
  public void demanded(StepDemand demand) {
    enter(demand.place().row());
    selected += demand.selected();
    hits += demand.hits();
    flashBytes += demand.flashBytes();
    requests += demand.requests();
  }

  @Override
  public void close() {
    write();
    lines.flush();
  }

  private void enter(int row) {
    if (row == token) {
      return;
    }
    write();
    token = row;
    Arrays.fill(spentPs, 0);
    selected = 0;
    hits = 0;
    flashBytes = 0;
    requests = 0;
  }

  private void write() {
    if (token < 0) {
      return;
    }
    double flash = seconds(Activity.FLASH);
    double dram = seconds(Activity.DRAM);
    double compute = seconds(Activity.COMPUTE);
    double all = Clock.seconds(Arrays.stream(spentPs).sum());
    lines.write(
        new TokenRow(
            token,
            selected,
            hits,
            selected - hits,
            flashBytes,
            requests,
            new TokenRow.Elapsed(all, flash, dram, compute, all - flash - dram - compute)));
  }

  private double seconds(Activity activity) {
    return Clock.seconds(spentPs[activity.ordinal()]);
  }
}
