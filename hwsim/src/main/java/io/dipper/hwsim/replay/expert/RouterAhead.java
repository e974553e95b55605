package io.dipper.hwsim.replay.expert;

import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.proto.ModelShape;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The k experts that a layer's router scores highest when it is given what enters the MLP of the
 * layer before, as a trace has it (Eliseev and Mazur, arXiv 2312.17238). Nothing for a layer that
 * follows none with experts.
 */
final class RouterAhead implements LikelyExperts {
  private final @Nullable SiteColumn[] logits;
  private final RouterRow row;
  private final float[] values;
  private final int[] ranked;

  /**
   * @throws io.dipper.error.UserException if the recording has no such logits
   */
  RouterAhead(Recording recording) {
    ModelShape shape = recording.model();
    int[] layers = Experts.layers(shape);
    this.logits = new SiteColumn[layers.length];
    for (int l = 0; l < layers.length; l++) {
      boolean follows = l > 0 && layers[l - 1] == layers[l] - 1;
      logits[l] = follows ? recording.column(layers[l - 1], Site.ROUTER_AHEAD) : null;
    }
    this.row = new RouterRow(shape.getExperts(), shape.getExpertsPerToken(), shape.getNormTopk());
    this.values = new float[shape.getExperts()];
    this.ranked = new int[shape.getExpertsPerToken()];
  }

  @Override
  public int[] of(int layer, int token) {
    SiteColumn column = logits[layer];
    if (column == null) {
      return NONE;
    }
    column.read(token, values);
    row.ofLogits(values);
    Arrays.setAll(ranked, row::ranked);
    return ranked;
  }
}
