package io.dipper.hwsim.synth;

import io.dipper.proto.RouterLogits;
import java.util.SplittableRandom;

/**
 * The router of a synthetic layer, token after token: each expert's latent normal goes through the
 * quantile function of the expert that it is like, and is moved to its own level. Not safe for use
 * by many threads.
 */
final class DrawnRouter {
  private final LatentColumn latent;
  private final DrawnUnits experts;
  private final float[] tables;
  private final float[] normals;
  private final char[] uniforms;

  /**
   * @param experts the number E of the layer
   */
  DrawnRouter(RouterLogits reference, int experts, SplittableRandom random) {
    this.experts =
        DrawnUnits.draw(reference.getRankList(), reference.getLevelList(), experts, random.split());
    this.latent = new LatentColumn(experts, reference.getPersistenceList(), random);
    this.tables = Knots.tables(reference.getLogitsList());
    this.normals = new float[experts];
    this.uniforms = new char[experts];
  }

  /** Draws the logits of the next token. */
  void next(boolean begin, float[] out) {
    latent.next(begin, normals, uniforms);
    for (int e = 0; e < out.length; e++) {
      int table = experts.like()[e] * Knots.COUNT;
      out[e] = (float) (experts.above()[e] + Knots.at(tables, table, normals[e]));
    }
  }
}
