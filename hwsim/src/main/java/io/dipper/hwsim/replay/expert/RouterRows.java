package io.dipper.hwsim.replay.expert;

import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.proto.ModelShape;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import java.util.Arrays;

/**
 * What the routers of a recording said: logits where it has them, else the chosen experts. Not safe
 * for use by many threads, but cheap to make.
 */
public final class RouterRows {
  private final boolean logits;
  private final SiteColumn[] scores;
  private final SiteColumn[] weights;
  private final RouterRow row;
  private final float[] values;
  private final float[] chosenWeights;
  private final int[] chosen;

  /**
   * @throws io.dipper.error.UserException if the recording has neither
   */
  public RouterRows(Recording recording) {
    ModelShape shape = recording.model();
    int[] layers = Experts.layers(shape);
    this.logits = !recording.sites().contains(Site.EXPERTS);
    Site site = logits ? Site.ROUTER : Site.EXPERTS;
    this.scores = columns(recording, layers, site);
    this.weights = logits ? scores : columns(recording, layers, Site.EXPERT_WEIGHTS);
    this.row = new RouterRow(shape.getExperts(), shape.getExpertsPerToken(), shape.getNormTopk());
    this.values = new float[logits ? shape.getExperts() : shape.getExpertsPerToken()];
    this.chosenWeights = new float[shape.getExpertsPerToken()];
    this.chosen = new int[shape.getExpertsPerToken()];
  }

  private static SiteColumn[] columns(Recording recording, int[] layers, Site site) {
    return Arrays.stream(layers)
        .mapToObj(layer -> recording.column(layer, site))
        .toArray(SiteColumn[]::new);
  }

  /**
   * What a layer's router said of a token, valid until the next call.
   *
   * @param layer counted among those that have experts
   * @param token counted over all sequences
   */
  public RouterRow read(int layer, int token) {
    scores[layer].read(token, values);
    if (logits) {
      row.ofLogits(values);
      return row;
    }
    weights[layer].read(token, chosenWeights);
    for (int rank = 0; rank < chosen.length; rank++) {
      chosen[rank] = (int) values[rank];
    }
    row.ofChosen(chosen, chosenWeights);
    return row;
  }
}
