package io.dipper.hwsim.time.engine;

import io.dipper.proto.HardwareProfile;

/**
 * What the components of a device did, for all tokens.
 *
 * @param requests sent to Flash
 * @param flashBytes read by them
 * @param unmeasuredBytes those of them whose reads a measured table does not tell of
 * @param dramBytes through the DRAM's port
 * @param vramBytes read from VRAM
 * @param flops of the processor
 * @param stagedBytes the most that guesses ever took of DRAM, beside the caches
 */
public record DeviceWork(
    double requests,
    double flashBytes,
    double unmeasuredBytes,
    double dramBytes,
    double vramBytes,
    double flops,
    double stagedBytes) {

  /** What was read from the Flash of a device. */
  FlashReads reads(HardwareProfile profile) {
    boolean table = profile.getFlash().hasTable();
    double share = flashBytes > 0 ? Math.min(1, unmeasuredBytes / flashBytes) : 0;
    return new FlashReads(requests, flashBytes, table ? share : Double.NaN);
  }
}
