package io.dipper.cli.console;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** A line a minute with count, rates and remaining time, for logs; short work says nothing. */
final class LineProgress implements ShownProgress {
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final PrintWriter err;
  private final Clock clock;
  private String task = "";
  private String unit = "";
  private long total;
  private long done;
  private AmountOfEach each = AmountOfEach.NONE;
  private Instant started;
  private Instant said;

  LineProgress(PrintWriter err, Clock clock) {
    this.err = err;
    this.clock = clock;
    this.started = clock.instant();
    this.said = started;
  }

  @Override
  public synchronized void start(String task, String unit, long total) {
    this.task = task;
    this.unit = unit;
    this.total = total;
    done = 0;
    each = AmountOfEach.NONE;
    started = clock.instant();
    said = started;
  }

  @Override
  public synchronized void each(long amount, String unit) {
    each = new AmountOfEach(amount, unit);
  }

  @Override
  public synchronized void advance(long more) {
    done += more;
    Instant now = clock.instant();
    if (Duration.between(said, now).compareTo(INTERVAL) < 0) {
      return;
    }
    said = now;
    double rate = done / (Duration.between(started, now).toMillis() / 1e3);
    StringBuilder line = new StringBuilder("dipper: " + task + ": " + Show.count(done));
    if (total >= 0) {
      line.append(" of ").append(Show.count(total));
    }
    line.append(String.format(Locale.ROOT, " %s, %.1f/s", unit, rate));
    if (each.isKnown()) {
      line.append(", ").append(each.rate(rate));
    }
    if (total >= done && rate > 0) {
      line.append(String.format(Locale.ROOT, ", %.0f s left", (total - done) / rate));
    }
    err.println(line);
    err.flush();
  }

  @Override
  public void close() {}
}
