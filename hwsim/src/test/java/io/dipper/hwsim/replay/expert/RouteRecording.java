package io.dipper.hwsim.replay.expert;

import io.dipper.proto.ModelShape;
import io.dipper.trace.ColumnNorms;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What routers said, in memory: {@code values[layer][token]} of one or two sites. */
final class RouteRecording implements Recording {
  private final ModelShape shape;
  private final int[] lengths;
  private final float[][][] scores;
  private final float @Nullable [][][] weights;

  /**
   * @param scores logits where there are no weights, else chosen experts
   */
  RouteRecording(
      ModelShape shape, int[] lengths, float[][][] scores, float @Nullable [][][] weights) {
    this.shape = shape;
    this.lengths = lengths;
    this.scores = scores;
    this.weights = weights;
  }

  @Override
  public ModelShape model() {
    return shape;
  }

  @Override
  public Set<Site> sites() {
    return weights == null
        ? EnumSet.of(Site.ROUTER)
        : EnumSet.of(Site.EXPERTS, Site.EXPERT_WEIGHTS);
  }

  @Override
  public int[] sequenceLengths() {
    return lengths.clone();
  }

  @Override
  public SiteColumn column(int layer, Site site) {
    float[][] rows =
        site == Site.EXPERT_WEIGHTS && weights != null ? weights[layer] : scores[layer];
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
        throw new UnsupportedOperationException("wider than fp16");
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
