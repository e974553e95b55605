package io.dipper.verifier.live;

import io.dipper.hwsim.replay.expert.InsideMasks;
import io.dipper.hwsim.replay.expert.MaskInside;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.trace.Site;

/**
 * Masks inside the experts of a live run: where their scores are seen, units that are not selected
 * are set to zero, so that nothing of them goes on.
 */
final class MaskedExpertUnits {
  /** The largest magnitude that a capture holds. */
  static final float SELECTED = 65504;

  private final Site site;
  private final int perToken;
  private final InsideMasks masks;

  /**
   * @param layers how many have experts
   * @param perToken the number k that the model's router chooses
   */
  MaskedExpertUnits(MaskInside inside, int layers, int perToken) {
    this.site = inside.site();
    this.perToken = perToken;
    this.masks = new InsideMasks(inside, layers);
  }

  /** Where the masks see their scores. */
  Site site() {
    return site;
  }

  /**
   * Masks the experts of some tokens.
   *
   * @param layer counted among those that have experts
   * @param ranks experts of a token; one that goes to none has zeroes
   * @param values I_e for each token and rank; changed
   * @return marks of what was selected, with the model's k ranks for each token, as a trace has
   *     them: {@link #SELECTED} or 0, of which every mask by magnitude selects the former again
   */
  float[] mask(int layer, int rows, int ranks, float[] values) {
    int units = masks.units();
    float[] marks = new float[rows * perToken * units];
    for (int row = 0; row < rows; row++) {
      for (int rank = 0; rank < ranks; rank++) {
        int from = (row * ranks + rank) * units;
        int to = (row * perToken + rank) * units;
        UnitSet mask = masks.mask(layer, values, from);
        for (int unit = 0; unit < units; unit++) {
          if (!mask.contains(unit)) {
            values[from + unit] = 0;
          } else if (rank < perToken) {
            marks[to + unit] = SELECTED;
          }
        }
      }
    }
    return marks;
  }
}
