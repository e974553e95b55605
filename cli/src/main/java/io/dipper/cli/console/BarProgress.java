package io.dipper.cli.console;

import io.dipper.error.Visible;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar with rates and remaining time, one per piece of work. */
final class BarProgress implements ShownProgress {
  private @Nullable ProgressBar bar;
  private AmountOfEach each = AmountOfEach.NONE;
  private long done;
  private long startedNs;

  @Override
  public synchronized void start(String task, String unit, long total) {
    close();
    each = AmountOfEach.NONE;
    done = 0;
    startedNs = System.nanoTime();
    bar =
        new ProgressBarBuilder()
            .setTaskName(Visible.line(task))
            .setUnit(" " + unit, 1)
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.UNICODE_BLOCK)
            .setUpdateIntervalMillis(200)
            .showSpeed()
            .build();
  }

  @Override
  public synchronized void each(long amount, String unit) {
    each = new AmountOfEach(amount, unit);
  }

  @Override
  public synchronized void advance(long more) {
    done += more;
    if (bar != null) {
      bar.stepBy(more);
      if (each.isKnown()) {
        bar.setExtraMessage(each.rate(done / ((System.nanoTime() - startedNs) / 1e9)));
      }
    }
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
