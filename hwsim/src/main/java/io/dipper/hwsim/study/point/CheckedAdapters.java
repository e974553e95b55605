package io.dipper.hwsim.study.point;

import io.dipper.hwsim.study.setting.Adapters;
import io.dipper.proto.AdapterSpec;
import io.dipper.proto.PointConfig;
import java.util.HashSet;
import java.util.Set;

/** The adapters of points, each read and held against the model once. */
final class CheckedAdapters {
  private final Set<AdapterSpec> known = new HashSet<>();

  /**
   * @throws io.dipper.error.UserException if a point's adapter is gone, has changed, or belongs to
   *     another model
   */
  void check(PointConfig config) {
    if (config.hasAdapter() && !known.contains(config.getAdapter())) {
      Adapters.read(config.getAdapter(), config.getModel());
      known.add(config.getAdapter());
    }
  }
}
