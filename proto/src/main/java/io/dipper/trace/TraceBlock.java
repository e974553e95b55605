package io.dipper.trace;

import io.dipper.proto.TraceManifest;
import java.util.concurrent.atomic.LongAdder;

/**
 * Rows on their way into a trace: a few tokens with the activations of all layers, in memory and
 * reusable. Fill it, {@linkplain TraceWriter#append append} it, {@link #clear} it.
 *
 * <p>Threads may fill different columns at once.
 */
public final class TraceBlock {
  private final TraceLayout layout;
  private final int capacity;
  private final int[] sequence;
  private final int[] position;
  private final int[] token;
  private final float[] nll;
  private final short[][] values;
  private final float[][] floats;
  private final LongAdder saturated = new LongAdder();
  private int rows;

  private TraceBlock(TraceLayout layout, int capacity) {
    this.layout = layout;
    this.capacity = capacity;
    this.sequence = new int[capacity];
    this.position = new int[capacity];
    this.token = new int[capacity];
    this.nll = new float[capacity];
    this.values = new short[layout.siteColumns()][0];
    this.floats = new float[layout.siteColumns()][0];
    for (int column = 0; column < values.length; column++) {
      int n = Math.multiplyExact(capacity, layout.width(column));
      if (isHalf(column)) {
        values[column] = new short[n];
      } else {
        floats[column] = new float[n];
      }
    }
  }

  /**
   * An empty block for traces of this manifest.
   *
   * @param capacity the rows that it can hold
   */
  public static TraceBlock of(TraceManifest manifest, int capacity) {
    return new TraceBlock(TraceLayout.of(manifest), capacity);
  }

  public int capacity() {
    return capacity;
  }

  public int rows() {
    return rows;
  }

  /** Begins anew: no rows. What the columns held may be overwritten. */
  public void clear() {
    rows = 0;
    saturated.reset();
  }

  /**
   * Adds a row; its activations and its loss are set separately, its loss is null until then.
   *
   * @return the row's index in this block
   */
  public int add(int sequence, int position, int token) {
    int row = rows++;
    this.sequence[row] = sequence;
    this.position[row] = position;
    this.token[row] = token;
    this.nll[row] = Float.NaN;
    return row;
  }

  /** Sets a row's −log p(next token), in nats; NaN stands for null. */
  public void nll(int row, float nats) {
    nll[row] = nats;
  }

  /**
   * Puts values of consecutive rows into a column, rounded to fp16 where the site is stored so;
   * what saturates is counted.
   *
   * @param values row-major, {@code rows} times the site's width
   */
  public void put(int layer, Site site, int firstRow, int rows, float[] values) {
    int column = column(layer, site);
    int width = layout.width(column);
    int n = rows * width;
    if (isHalf(column)) {
      saturated.add(Fp16.encode(values, 0, this.values[column], firstRow * width, n));
    } else {
      System.arraycopy(values, 0, floats[column], firstRow * width, n);
    }
  }

  /**
   * The raw fp16 bits of a column that is stored so, row-major, for {@link #capacity} rows: to fill
   * in place.
   */
  public short[] values(int layer, Site site) {
    return values[column(layer, site)];
  }

  /** Counts values that saturated where {@link #put} did not round them. */
  public void addSaturated(long count) {
    saturated.add(count);
  }

  int sequence(int row) {
    return sequence[row];
  }

  int position(int row) {
    return position[row];
  }

  int token(int row) {
    return token[row];
  }

  float nll(int row) {
    return nll[row];
  }

  short[] values(int siteColumn) {
    return values[siteColumn];
  }

  /** The values of a column that is not fp16. */
  float[] floats(int siteColumn) {
    return floats[siteColumn];
  }

  long saturated() {
    return saturated.sum();
  }

  private boolean isHalf(int column) {
    return layout.column(column).site().element() == Site.Element.FP16;
  }

  private int column(int layer, Site site) {
    int column = layout.siteColumn(layer, site);
    if (column < 0) {
      throw new IllegalArgumentException(
          "site " + site.id() + " is not recorded in layer " + layer);
    }
    return column;
  }
}
