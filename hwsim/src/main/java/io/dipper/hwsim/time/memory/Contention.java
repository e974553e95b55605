package io.dipper.hwsim.time.memory;

import io.dipper.error.UserException;
import io.dipper.proto.Dram;
import io.dipper.proto.PointConfig;

/**
 * Memory that something else takes ({@code dram.taken}). Where it and the point are more than the
 * device has, the operating system drops pages of static weights, which it can read again; every
 * token touches all of them, so that what is dropped faults for every token.
 */
public final class Contention {
  private Contention() {}

  /**
   * The bytes of static weights that fault for every token; 0 where nothing is taken, or all fits.
   *
   * @throws UserException if static weights stream, so that none of them lie in mapped pages
   */
  public static double faultedBytes(PointConfig config, MemoryPlan plan) {
    Dram dram = config.getHardware().getDram();
    if (!dram.hasTaken()) {
      return 0;
    }
    double all = plan.ledger().peakBytes() + dram.getTaken().getValue();
    double faulted = all - dram.getCapacity().getValue();
    if (faulted < 1) { // less than a byte is rounding
      return 0;
    }
    if (plan.streamedBytes() > 0) {
      throw new UserException(
          "dram.taken leaves "
              + MemoryLedger.print(faulted)
              + " too little, and static weights that stream do not fault; give the point that much"
              + " less DRAM");
    }
    return faulted;
  }

  /** The error that more than all static weights would have to leave. */
  public static UserException error(double faulted, double weights) {
    return new UserException(
        "dram.taken leaves "
            + MemoryLedger.print(faulted)
            + " too little, and static weights, which can be dropped, are "
            + MemoryLedger.print(weights)
            + "; give the point less DRAM, or a smaller cache");
  }
}
