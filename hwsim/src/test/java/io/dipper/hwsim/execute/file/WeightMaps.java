package io.dipper.hwsim.execute.file;

import io.dipper.hwsim.execute.product.Templates;
import java.util.List;

/** Where points have their weights in a file, for those who look into it. */
public final class WeightMaps {
  private WeightMaps() {}

  /**
   * Where one of some points has its weights.
   *
   * @param all points that the file was written for
   */
  public static WeightMap of(WeightNeeds needs, List<WeightNeeds> all) {
    return new WeightMap(needs, new WeightSections(all, new Templates()));
  }
}
