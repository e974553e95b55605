package io.dipper.hwsim.replay.expert;

import io.dipper.error.UserException;
import io.dipper.proto.ModelShape;
import io.dipper.trace.ColumnNorms;
import io.dipper.trace.Fp16;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A recording in memory: of each site {@code values[layer][token]}. */
record SiteArrays(ModelShape model, int[] sequenceLengths, Map<Site, float[][][]> values)
    implements Recording {
  /** What a trace holds in more than fp16. */
  private static final Set<Site> WIDE = EnumSet.of(Site.ROUTER, Site.EXPERTS, Site.EXPERT_WEIGHTS);

  /**
   * What routers said.
   *
   * @param scores logits where there are no weights, else chosen experts
   */
  static SiteArrays ofRoutes(
      ModelShape shape, int[] lengths, float[][][] scores, float @Nullable [][][] weights) {
    return new SiteArrays(
        shape,
        lengths,
        weights == null
            ? Map.of(Site.ROUTER, scores)
            : Map.of(Site.EXPERTS, scores, Site.EXPERT_WEIGHTS, weights));
  }

  @Override
  public Set<Site> sites() {
    return values.keySet();
  }

  @Override
  public SiteColumn column(int layer, Site site) {
    float[][][] ofSite = values.get(site);
    if (ofSite == null) {
      throw new UserException("site " + site.id() + " was not recorded");
    }
    float[][] rows = ofSite[layer];
    return new SiteColumn() {
      @Override
      public int width() {
        return rows[0].length;
      }

      @Override
      public int rows() {
        return rows.length;
      }

      @Override
      public void read(int row, short[] out) {
        if (WIDE.contains(site)) {
          throw new UnsupportedOperationException("wider than fp16");
        }
        Fp16.encode(rows[row], 0, out, 0, out.length);
      }

      @Override
      public void read(int row, float[] out) {
        System.arraycopy(rows[row], 0, out, 0, rows[row].length);
      }
    };
  }

  @Override
  public @Nullable ColumnNorms norms() {
    return null;
  }
}
