package io.dipper.verifier;

import io.dipper.proto.ModelShape;
import io.dipper.trace.ColumnNorms;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The first few sequences of a recording. */
record FirstSequences(Recording whole, int sequences) implements Recording {
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
    return Arrays.copyOf(whole.sequenceLengths(), sequences);
  }

  @Override
  public SiteColumn column(int layer, Site site) {
    SiteColumn column = whole.column(layer, site);
    int rows = Arrays.stream(sequenceLengths()).sum();
    return new SiteColumn() {
      @Override
      public int width() {
        return column.width();
      }

      @Override
      public int rows() {
        return rows;
      }

      @Override
      public void read(int row, short[] out) {
        column.read(row, out);
      }
    };
  }

  @Override
  public @Nullable ColumnNorms norms() {
    return whole.norms();
  }
}
