package io.dipper.hwsim.time.rules;

import io.dipper.proto.ModelShape;
import io.dipper.proto.PointConfig;

/** The rules of a simulated device: it knows all of a point. */
final class DeviceRules implements AccountingRules {
  @Override
  public ModelShape model(ModelShape model) {
    return model;
  }

  @Override
  public PointConfig settle(PointConfig point) {
    return point;
  }

  @Override
  public PointConfig reads(PointConfig point) {
    return point;
  }

  @Override
  public void checkPages() {}
}
