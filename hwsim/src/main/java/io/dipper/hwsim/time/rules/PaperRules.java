package io.dipper.hwsim.time.rules;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.proto.ModelShape;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;

/**
 * The rules of the paper's closed form (Federici et al., arXiv 2412.01380). A model has hidden and
 * intermediate size, layers, heads and a vocabulary; its bits are the same for every model. Flash
 * has a bandwidth and DRAM beside it or after it: there are no requests, so that neither order nor
 * gaps nor guesses matter, and nothing is read ahead, so that no buffer is set aside. There are no
 * pages, so that nothing is dropped, and no memory above the DRAM.
 */
final class PaperRules implements AccountingRules {
  @Override
  public ModelShape model(ModelShape model) {
    if (Experts.in(model)) {
      throw new UserException(
          "accounting paper knows no experts, and " + model.getName() + " has some; choose des");
    }
    return model.toBuilder()
        .clearLayerKernels()
        .clearHeadDim()
        .clearSlidingWindow()
        .clearWindowed()
        .clearWeightBits()
        .build();
  }

  @Override
  public PointConfig settle(PointConfig point) {
    if (point.getHardware().hasVram()) {
      throw new UserException(
          "accounting paper knows no VRAM, and "
              + point.getHardware().getName()
              + " has some; choose des");
    }
    PointConfig.Builder settled =
        point.toBuilder().clearUnitOrder().clearMaxGap().clearMinRequest();
    if (point.getModel().getLayerKernels() > 0) {
      settled.getModelBuilder().clearLayerKernels();
    }
    if (point.getHardware().getDram().hasTaken()) {
      settled.getHardwareBuilder().getDramBuilder().clearTaken();
    }
    return settled.build();
  }

  @Override
  public PointConfig reads(PointConfig point) {
    PointConfig.Builder reads = settle(point).toBuilder().clearSpeculation().clearLayout();
    if (point.getHardware().getOverlap() == Overlap.PIPELINE) {
      reads.getHardwareBuilder().setOverlap(Overlap.IO);
    }
    return reads.build();
  }

  @Override
  public void checkPages() {
    throw new UserException("cache page-cache: accounting des alone knows pages");
  }
}
