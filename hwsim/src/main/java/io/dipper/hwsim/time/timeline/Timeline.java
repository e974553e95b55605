package io.dipper.hwsim.time.timeline;

import io.dipper.hwsim.time.engine.Activity;
import io.dipper.hwsim.time.engine.Gauge;
import io.dipper.hwsim.time.engine.Place;
import io.dipper.hwsim.time.engine.StepDemand;
import io.dipper.hwsim.time.engine.Stretch;
import io.dipper.hwsim.time.engine.Transfer;
import io.dipper.hwsim.time.engine.TransferKind;

/**
 * The timeline of a few tokens, one after another from time 0, as a Perfetto trace: what the
 * processor does, moment by moment, what Flash reads and what goes through the DRAM's port beside
 * it, and how some values change.
 *
 * <p>Time there is whole nanoseconds, in the engine picoseconds. The processor's slices follow one
 * another without a gap, and those of an activity add up to its part of the ledger, rounded once:
 * what rounding takes from one slice it gives to the next of the same activity. So a boundary lies
 * at most half a nanosecond per activity off its true time. Transfers are rounded by themselves;
 * one that reaches beyond the chosen tokens is cut off.
 */
final class Timeline implements RunFile {
  private static final int PS_PER_NS = 1000;

  private final PerfettoTrace trace;
  private final TokenRange tokens;
  private final int layers;
  private final long[] spentPs = new long[Activity.values().length];
  private final long[] shownNs = new long[Activity.values().length];
  private int token = -1;
  private int layer = -1;
  private long tokenFromPs;
  private long tokenPs;
  private long nowNs;
  private boolean ended;

  /**
   * @param layers the number L of layers
   */
  Timeline(PerfettoTrace trace, TokenRange tokens, int layers) {
    this.trace = trace;
    this.tokens = tokens;
    this.layers = layers;
    Tracks.describe(trace);
  }

  @Override
  public void spent(Stretch stretch) {
    Place place = stretch.place();
    enter(place.row());
    if (!tokens.contains(place.row())) {
      return;
    }
    enterLayer(place.layer());
    tokenPs = (long) stretch.endPs();
    Activity activity = stretch.activity();
    int a = activity.ordinal();
    spentPs[a] += (long) stretch.endPs() - (long) stretch.startPs();
    long endNs = nowNs + ns(spentPs[a]) - shownNs[a];
    shownNs[a] = ns(spentPs[a]);
    if (endNs > nowNs) {
      String name = Tracks.name(activity) + ", " + Tracks.name(place, layers);
      trace.begin(Tracks.PROCESSOR, nowNs, name, Tracks.category(activity));
      trace.end(Tracks.PROCESSOR, endNs);
      nowNs = endNs;
    }
  }

  @Override
  public void demanded(StepDemand demand) {
    int row = demand.place().row();
    enter(row);
    if (tokens.contains(row) && demand.selected() > 0) {
      trace.value(Tracks.HIT_RATE, at(demand.atPs()), 100.0 * demand.hits() / demand.selected());
    }
  }

  @Override
  public void transferred(Transfer transfer) {
    int row = transfer.place().row();
    enter(row);
    if (row < tokens.first() || ended) {
      return;
    }
    long begin = Math.max(0, at(transfer.startPs()));
    long end = row > tokens.last() ? at(0) : at(transfer.endPs());
    if (end > begin) {
      TransferKind kind = transfer.kind();
      long track = Tracks.of(kind);
      String name = Tracks.name(kind) + ", " + Tracks.name(transfer.place(), layers);
      long bytes = Math.round(transfer.bytes());
      trace.begin(track, begin, name, Tracks.category(kind), "bytes", bytes);
      trace.end(track, end);
    }
  }

  @Override
  public void changed(Gauge gauge, int row, double value, double atPs) {
    enter(row);
    if (tokens.contains(row)) {
      trace.value(Tracks.of(gauge), at(atPs), value);
    }
  }

  @Override
  public void close() {
    leaveToken();
    trace.flush();
  }

  /** Follows the tokens: each begins where the one before it ended. */
  private void enter(int row) {
    if (row == token) {
      return;
    }
    ended = token > tokens.last();
    leaveToken();
    token = row;
    tokenFromPs += tokenPs;
    tokenPs = 0;
    if (tokens.contains(row)) {
      trace.begin(Tracks.TOKENS, nowNs, "token " + row, "token");
    }
  }

  private void enterLayer(int next) {
    if (next != layer) {
      leaveLayer();
      layer = next;
      trace.begin(Tracks.TOKENS, nowNs, next == layers ? "head" : "layer " + next, "layer");
    }
  }

  private void leaveToken() {
    if (tokens.contains(token)) {
      leaveLayer();
      trace.end(Tracks.TOKENS, nowNs);
    }
  }

  private void leaveLayer() {
    if (layer >= 0) {
      trace.end(Tracks.TOKENS, nowNs);
      layer = -1;
    }
  }

  /** The nearest nanosecond of a moment of the present token. */
  private long at(double tokenTimePs) {
    return ns(tokenFromPs + (long) tokenTimePs);
  }

  private static long ns(long ps) {
    return Math.floorDiv(ps + PS_PER_NS / 2, PS_PER_NS);
  }
}
