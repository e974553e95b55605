package io.dipper.hwsim.synth;

import io.dipper.proto.ModelShape;
import io.dipper.trace.ColumnNorms;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A recording of one sequence from a token on. */
record LaterTokens(Recording whole, int from) implements Recording {
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
    return new int[] {whole.sequenceLengths()[0] - from};
  }

  @Override
  public SiteColumn column(int layer, Site site) {
    SiteColumn column = whole.column(layer, site);
    return new SiteColumn() {
      @Override
      public int width() {
        return column.width();
      }

      @Override
      public int rows() {
        return column.rows() - from;
      }

      @Override
      public void read(int row, short[] out) {
        column.read(from + row, out);
      }

      @Override
      public void read(int row, float[] out) {
        column.read(from + row, out);
      }
    };
  }

  @Override
  public @Nullable ColumnNorms norms() {
    return null;
  }
}
