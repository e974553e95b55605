package io.dipper.hwsim.time.device;

import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Vram;

/**
 * What it takes to read VRAM, and to get at the DRAM from beside it. Without VRAM the processor is
 * beside the DRAM, and nothing limits it but the DRAM's port.
 *
 * @param secondsPerByte of VRAM, its efficiency included
 * @param linkSecondsPerByte of the link to the DRAM; 0 where nothing limits it
 */
public record VramPath(double secondsPerByte, double linkSecondsPerByte) {
  /** That of a device. */
  public static VramPath of(HardwareProfile profile) {
    Vram vram = profile.getVram();
    double efficiency = vram.hasEfficiency() ? vram.getEfficiency().getValue() : 1;
    return new VramPath(
        vram.hasBandwidth() ? 1 / (vram.getBandwidth().getValue() * efficiency) : 0,
        vram.hasLink() ? 1 / vram.getLink().getValue() : 0);
  }

  /** The most that passes the link in a picosecond; infinite where nothing limits it. */
  public double linkBytesPerPs() {
    return 1 / Clock.picoseconds(linkSecondsPerByte);
  }
}
