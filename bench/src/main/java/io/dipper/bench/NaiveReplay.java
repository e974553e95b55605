package io.dipper.bench;

import io.dipper.trace.Fp16;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import java.util.Arrays;

/**
 * DIP-CA with LFU as the method states it, for comparison: scores in float32, a sort for the mask,
 * a sort for the victims, a loop for everything else. Primitive arrays and the platform's sort, but
 * no bit sets and no histograms.
 */
final class NaiveReplay {
  private final MadeUpRecording recording;
  private final double density;
  private final float gamma;
  private final double capacity;

  /**
   * @param density of x and of h
   * @param capacity of the caches, as a share of the units
   */
  NaiveReplay(MadeUpRecording recording, double density, float gamma, double capacity) {
    this.recording = recording;
    this.density = density;
    this.gamma = gamma;
    this.capacity = capacity;
  }

  /** Replays everything, with the energy of the masks; returns the hits. */
  long run() {
    long hits = 0;
    for (int layer = 0; layer < recording.model().getLayers(); layer++) {
      for (Site site : new Site[] {Site.X, Site.GLU}) {
        hits += new Column(layer, site).run();
      }
    }
    return hits;
  }

  /** One layer's site. */
  private final class Column {
    private final SiteColumn column;
    private final float[] norms;
    private final short[] bits;
    private final float[] scores;
    private final long[] order;
    private final boolean[] mask;
    private final boolean[] cached;
    private final int[] counts;
    private double kept;
    private double all;

    Column(int layer, Site site) {
      column = recording.column(layer, site);
      norms = site == Site.X ? recording.norms().up(layer) : recording.norms().down(layer);
      bits = new short[column.width()];
      scores = new float[bits.length];
      order = new long[bits.length];
      mask = new boolean[bits.length];
      cached = new boolean[bits.length];
      counts = new int[bits.length];
    }

    long run() {
      long hits = 0;
      for (int row = 0; row < column.rows(); row++) {
        column.read(row, bits);
        select(row);
        hits += retain();
        update();
      }
      return kept > all ? -1 : hits;
    }

    /** Sorts scores with indices below them: the bits of a positive float order as it does. */
    private void select(int row) {
      int n = bits.length;
      for (int i = 0; i < n; i++) {
        scores[i] = Math.abs(Fp16.decode(bits[i]));
        float score = cached[i] || row == 0 ? scores[i] : gamma * scores[i];
        order[i] = (long) Float.floatToRawIntBits(score) << 32 | (n - i);
      }
      Arrays.sort(order);
      Arrays.fill(mask, false);
      for (int r = n - (int) (density * n); r < n; r++) {
        mask[n - (int) order[r]] = true;
      }
    }

    /** Counts hits, and sums up energies. */
    private int retain() {
      int hits = 0;
      for (int i = 0; i < mask.length; i++) {
        float energy = scores[i] * scores[i] * norms[i] * norms[i];
        all += energy;
        kept += mask[i] ? energy : 0;
        hits += mask[i] && cached[i] ? 1 : 0;
      }
      return hits;
    }

    /** All of the mask that fits; of the rest those stay that were selected most often. */
    private void update() {
      int n = mask.length;
      int room = (int) (capacity * n);
      int idle = 0;
      int stay = 0;
      for (int i = 0; i < n; i++) {
        counts[i] += mask[i] ? 1 : 0;
        stay += mask[i] && cached[i] ? 1 : 0;
        if (cached[i] && !mask[i]) {
          order[idle++] = (long) counts[i] << 32 | i;
        }
      }
      int selected = (int) (density * n);
      int victims = Math.min(idle, selected + idle - room);
      Arrays.sort(order, 0, idle);
      for (int v = 0; v < victims; v++) {
        cached[(int) order[v]] = false;
      }
      int admitted = stay;
      for (int i = 0; i < n; i++) {
        if (mask[i] && !cached[i] && (selected <= room || admitted < room)) {
          cached[i] = true;
          admitted++;
        }
      }
    }
  }
}
