package io.dipper.verifier.design;

import io.dipper.hwsim.study.quality.LostEnergy;
import io.dipper.hwsim.study.quality.QualityModel;
import java.util.Collection;
import java.util.Optional;

/** Chooses what to run live next. */
public interface Design {
  /**
   * The next run; empty where none is worth its time.
   *
   * @param model fitted on what was run so far
   * @param open what was not run yet
   * @param ran what was run lost
   */
  Optional<Trial> next(QualityModel model, Collection<Trial> open, Collection<LostEnergy> ran);
}
