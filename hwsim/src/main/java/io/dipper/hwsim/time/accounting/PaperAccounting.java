package io.dipper.hwsim.time.accounting;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.time.engine.FirstToken;
import io.dipper.hwsim.time.engine.FlashReads;
import io.dipper.hwsim.time.engine.TimeLedger;
import io.dipper.hwsim.time.memory.KvSpan;
import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;

/**
 * The closed form of the method's paper (Federici et al., arXiv 2412.01380): bytes over bandwidths,
 * no latency, no request size, no compute.
 *
 * <p>A step, of one token or a window of them, takes, for each layer and group, {@code n (flash
 * bytes / v_flash ⊕ DRAM bytes / v_dram)}, n being the matrices that share the mask, and once
 * {@code streamed static bytes / v_flash ⊕ static bytes / v_dram} with the KV cache at its average
 * length. ⊕ is the sum where nothing overlaps and the maximum where Flash and DRAM run at once.
 * Throughput is the mean over sequences of tokens by time.
 *
 * <p>Overlapped time counts as Flash time. Requests and energy are not part of this model: NaN.
 */
public final class PaperAccounting implements Accounting {
  @Override
  public Timing time(Workload work) {
    return new Run(work).timing();
  }

  /** The time of a static pass and of a token's units, summed over a sequence at a time. */
  private static final class Run {
    private final Workload work;
    private final PointConfig config;
    private final MemoryPlan plan;
    private final Demand demand;
    private final ModelBytes bytes;
    private final KvSpan span;
    private final double flashBandwidth;
    private final double dramBandwidth;
    private final boolean overlaps;
    private double flashSeconds;
    private double dramSeconds;

    Run(Workload work) {
      this.work = work;
      this.config = work.config();
      this.plan = work.plan();
      this.demand = work.demand();
      this.bytes = work.bytes();
      this.span = KvSpan.of(config);
      HardwareProfile hardware = config.getHardware();
      this.flashBandwidth = flashBandwidth(hardware);
      this.dramBandwidth = dramBandwidth(hardware);
      this.overlaps = hardware.getOverlap() != Overlap.NONE;
    }

    Timing timing() {
      double throughputs = 0;
      double seconds = 0;
      int row = 0;
      int[] lengths = demand.sequenceLengths();
      for (int length : lengths) {
        double before = flashSeconds + dramSeconds;
        int tokens = 0;
        for (int end = row + length; row < end; row++) {
          addStep(row);
          tokens += demand.tokensOf(row);
        }
        seconds = flashSeconds + dramSeconds;
        throughputs += work.kept(tokens) / (seconds - before);
      }
      double flash = flashSeconds / work.tokens();
      double dram = dramSeconds / work.tokens();
      return new Timing(
          throughputs / lengths.length,
          new FirstToken(promptSeconds(), Double.NaN),
          new TimeLedger(flash, dram, 0, TimeLedger.Host.NONE, 0),
          FlashReads.UNKNOWN,
          EnergyUse.OF_A_CLOSED_FORM,
          /* utilisation= */ null);
    }

    private void addStep(int row) {
      add(plan.streamedBytes(), staticBytes(span.mean()));
      for (int group = 0; group < demand.groups().size(); group++) {
        double unitBytes = demand.groups().get(group).bytesPerUnit(bytes.bits());
        for (int layer = 0; layer < demand.layers(); layer++) {
          int hits = demand.hits(group, layer, row);
          int misses = demand.selected(group, layer, row) - hits;
          add(misses * unitBytes, hits * unitBytes);
        }
      }
    }

    private void add(double flashBytes, double dramBytes) {
      double flash = flashBytes / flashBandwidth;
      double dram = dramBytes / dramBandwidth;
      flashSeconds += flash;
      dramSeconds += overlaps ? Math.max(0, dram - flash) : dram;
    }

    /** One pass of the static bytes, with the KV cache as long as it is before the first token. */
    private double promptSeconds() {
      double flash = plan.streamedBytes() / flashBandwidth;
      double dram = staticBytes(span.from()) / dramBandwidth;
      return overlaps ? Math.max(flash, dram) : flash + dram;
    }

    /** The plan's static bytes, with another length of the KV cache. */
    private double staticBytes(double kvTokens) {
      return plan.staticBytes() - bytes.kvCache(config.getBlockLength()) + bytes.kvCache(kvTokens);
    }

    private static double flashBandwidth(HardwareProfile hardware) {
      if (!hardware.getFlash().hasMaxBandwidth()) {
        throw missing(hardware, "flash.max_bandwidth");
      }
      return hardware.getFlash().getMaxBandwidth().getValue();
    }

    private static double dramBandwidth(HardwareProfile hardware) {
      if (!hardware.getDram().hasBandwidth()) {
        throw missing(hardware, "dram.bandwidth");
      }
      double efficiency =
          hardware.getDram().hasEfficiency() ? hardware.getDram().getEfficiency().getValue() : 1;
      return hardware.getDram().getBandwidth().getValue() * efficiency;
    }

    private static UserException missing(HardwareProfile hardware, String what) {
      return new UserException(
          "hardware "
              + hardware.getName()
              + " has no "
              + what
              + ", which the paper's accounting divides by; add it to the profile");
    }
  }
}
