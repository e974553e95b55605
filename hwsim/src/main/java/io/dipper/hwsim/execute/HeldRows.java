package io.dipper.hwsim.execute;

import io.dipper.proto.ModelShape;
import io.dipper.trace.ColumnNorms;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A recording of which one row lies in memory, so that no time goes by on reading it. Not safe for
 * use by many threads.
 */
final class HeldRows implements Recording {
  private final Recording whole;
  private final List<HeldColumn> columns = new ArrayList<>();

  HeldRows(Recording whole) {
    this.whole = whole;
  }

  /** Brings a row of all columns that were asked for into memory, instead of the one before. */
  void hold(int row) {
    columns.forEach(column -> column.hold(row));
  }

  @Override
  public ModelShape model() {
    return whole.model();
  }

  @Override
  public Set<Site> sites() {
    return whole.sites();
  }

  @Override
  public int[] sequenceLengths() {
    return whole.sequenceLengths();
  }

  @Override
  public SiteColumn column(int layer, Site site) {
    HeldColumn column = new HeldColumn(whole.column(layer, site));
    columns.add(column);
    return column;
  }

  @Override
  public @Nullable ColumnNorms norms() {
    return whole.norms();
  }

  private static final class HeldColumn implements SiteColumn {
    private final SiteColumn whole;
    private final float[] values;
    private int held = -1;

    HeldColumn(SiteColumn whole) {
      this.whole = whole;
      this.values = new float[whole.width()];
    }

    private void hold(int row) {
      whole.read(row, values);
      held = row;
    }

    @Override
    public int width() {
      return whole.width();
    }

    @Override
    public int rows() {
      return whole.rows();
    }

    @Override
    public void read(int row, short[] out) {
      whole.read(row, out);
    }

    @Override
    public void read(int row, float[] out) {
      if (row == held) {
        System.arraycopy(values, 0, out, 0, values.length);
      } else {
        whole.read(row, out);
      }
    }
  }
}
