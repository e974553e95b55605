package io.dipper.hwsim.time.rules;

import io.dipper.proto.ModelShape;
import io.dipper.proto.PointConfig;

/** The rules of a simulated device: it knows all of a point. */
final class DeviceRules implements AccountingRules {
  @Override
  public ModelShape model(ModelShape model) {
    return model;
  }

  /** A device that has no time for each kernel does not ask how many there are. */
  @Override
  public PointConfig settle(PointConfig point) {
    boolean counted = point.getModel().getLayerKernels() > 0;
    if (!counted || point.getHardware().getProcessor().hasKernel()) {
      return point;
    }
    PointConfig.Builder settled = point.toBuilder();
    settled.getModelBuilder().clearLayerKernels();
    return settled.build();
  }

  @Override
  public PointConfig reads(PointConfig point) {
    return point;
  }

  @Override
  public void checkPages() {}
}
