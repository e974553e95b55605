package io.dipper.hwsim.profile.hardware;

import io.dipper.config.Dimension;
import io.dipper.config.Location;
import io.dipper.config.Units;
import io.dipper.proto.Dram;
import io.dipper.proto.Energy;
import io.dipper.proto.Flash;
import io.dipper.proto.FlashTableRow;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.PageCache;
import io.dipper.proto.Processor;
import io.dipper.proto.Quantity;
import io.dipper.proto.Vram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Numbers of a profile that contradict one another, or have no effect beside another: nothing that
 * cannot be simulated, but seldom what was meant. A line each.
 */
public final class ProfileWarnings {
  private final HardwareProfile profile;
  private final Flash flash;
  private final Map<String, Location> origins;
  private final List<String> found = new ArrayList<>();

  private ProfileWarnings(ResolvedProfile resolved) {
    this.profile = Backends.choose(resolved.profile(), "");
    this.flash = profile.getFlash();
    this.origins = resolved.origins();
  }

  /** The warnings of a profile; none where its numbers fit together. */
  public static List<String> of(ResolvedProfile resolved) {
    ProfileWarnings warnings = new ProfileWarnings(resolved);
    if (warnings.flash.hasTable()) {
      warnings.table();
    } else {
      warnings.lanes();
      warnings.sequential();
    }
    warnings.commands();
    warnings.throttling();
    warnings.dram();
    warnings.vram();
    warnings.processor();
    warnings.energy();
    return List.copyOf(warnings.found);
  }

  private void lanes() {
    Quantity lane = flash.getLaneBandwidth();
    Quantity all = flash.getMaxBandwidth();
    if (lane.getValue() > all.getValue()) {
      add(
          "flash.lane_bandwidth "
              + rate(lane)
              + " is above flash.max_bandwidth "
              + rate(all)
              + ", which all lanes share; the lower holds");
    }
    double together = flash.getLanes().getValue() * lane.getValue();
    if (flash.hasLanes() && flash.hasLaneBandwidth() && together < all.getValue()) {
      add(
          "flash.max_bandwidth "
              + rate(all)
              + " cannot be reached: "
              + number(flash.getLanes())
              + " lanes of "
              + rate(lane)
              + " are "
              + rate(together));
    }
    if (flash.hasQueueDepth()
        && flash.hasLanes()
        && flash.getQueueDepth().getValue() < flash.getLanes().getValue()) {
      add(
          "flash.queue_depth "
              + number(flash.getQueueDepth())
              + " is below flash.lanes "
              + number(flash.getLanes())
              + ": the other lanes have no effect");
    }
  }

  private void sequential() {
    if (!flash.hasSequentialBandwidth()) {
      return;
    }
    Quantity sequential = flash.getSequentialBandwidth();
    Quantity random = flash.getMaxBandwidth();
    if (random.getValue() > sequential.getValue()) {
      add(
          "flash.max_bandwidth of random reads "
              + rate(random)
              + " is above flash.sequential_bandwidth "
              + rate(sequential));
    }
    Location own = origins.get("flash.max_bandwidth");
    Location inherited = origins.get("flash.sequential_bandwidth");
    if (own == null || inherited == null || own.file().equals(inherited.file())) {
      return;
    }
    if (sequential.getValue() > random.getValue()) {
      add(
          "flash.sequential_bandwidth "
              + rate(sequential)
              + " of "
              + inherited.file()
              + " stands above flash.max_bandwidth "
              + rate(random)
              + " of "
              + own.file()
              + ": dense streams go at it; give both, or write 'sequential_bandwidth: none'");
    }
  }

  /** The warnings about a Flash with a table, which alone says how long reads take. */
  private void table() {
    double highest =
        flash.getTable().getRowsList().stream()
            .map(FlashTableRow::getThroughputList)
            .flatMap(List::stream)
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(0);
    double max = flash.getMaxBandwidth().getValue();
    if (Math.abs(max - highest) > 0.01 * highest) {
      add(
          "flash.max_bandwidth "
              + rate(max)
              + " has no effect beside flash.table, which goes to "
              + rate(highest)
              + " (only accounting paper divides by it)");
    }
    double most = flash.getTable().getLanes(flash.getTable().getLanesCount() - 1);
    if (flash.getLanes().getValue() > most) {
      add(
          "flash.lanes "
              + number(flash.getLanes())
              + " are more than flash.table was measured for, "
              + Units.print(most, Dimension.NUMBER));
    }
    if (flash.hasSequentialBandwidth() && flash.getSequentialBandwidth().getValue() < highest) {
      add(
          "flash.table has random reads of "
              + rate(highest)
              + ", above flash.sequential_bandwidth "
              + rate(flash.getSequentialBandwidth()));
    }
  }

  private void commands() {
    double page = flash.getPageSize().getValue();
    if (flash.hasCommandSize() && flash.getCommandSize().getValue() < page) {
      add(
          "flash.command_size "
              + bytes(flash.getCommandSize())
              + " is below flash.page_size "
              + bytes(flash.getPageSize()));
    }
    PageCache pages = flash.getPageCache();
    double ahead = pages.getReadAhead().getValue();
    if (ahead > 0 && ahead < pages.getPageSize().getValue()) {
      add(
          "flash.page_cache.read_ahead "
              + bytes(pages.getReadAhead())
              + " is below its page_size "
              + bytes(pages.getPageSize())
              + " and has no effect");
    }
  }

  private void throttling() {
    double fastest =
        Math.max(flash.getMaxBandwidth().getValue(), flash.getSequentialBandwidth().getValue());
    if (flash.hasThrottledBandwidth() && flash.getThrottledBandwidth().getValue() >= fastest) {
      add(
          "flash.throttled_bandwidth "
              + rate(flash.getThrottledBandwidth())
              + " is not below the cold device's "
              + rate(fastest)
              + " and has no effect");
    }
  }

  private void dram() {
    Dram dram = profile.getDram();
    double read = dramBandwidth();
    double fastest =
        Math.max(flash.getMaxBandwidth().getValue(), flash.getSequentialBandwidth().getValue());
    if (read < fastest) {
      add(
          "dram.bandwidth, "
              + rate(read)
              + " with its efficiency, is below Flash's "
              + rate(fastest));
    }
    if (dram.hasCapacity() && dram.getPrefetchBuffer().getValue() > dram.getCapacity().getValue()) {
      add(
          "dram.prefetch_buffer "
              + bytes(dram.getPrefetchBuffer())
              + " is above dram.capacity "
              + bytes(dram.getCapacity()));
    }
  }

  private void vram() {
    Vram vram = profile.getVram();
    double dram = dramBandwidth();
    double efficiency = vram.hasEfficiency() ? vram.getEfficiency().getValue() : 1;
    double read = vram.getBandwidth().getValue() * efficiency;
    if (vram.hasBandwidth() && read < dram) {
      add(
          "vram.bandwidth, "
              + rate(read)
              + " with its efficiency, is below the DRAM's "
              + rate(dram)
              + ", and what fits lies in VRAM all the same");
    }
    if (vram.getLink().getValue() > dram) {
      add(
          "vram.link "
              + rate(vram.getLink())
              + " is above the DRAM's "
              + rate(dram)
              + " and has no effect on what lies there");
    }
    if (vram.getCapacity().getValue() > 0
        && profile.hasEnergy()
        && !profile.getEnergy().hasVramAccess()) {
      add("energy needs vram_access too, for there is VRAM; without it none is counted");
    }
  }

  private double dramBandwidth() {
    Dram dram = profile.getDram();
    double efficiency = dram.hasEfficiency() ? dram.getEfficiency().getValue() : 1;
    return dram.getBandwidth().getValue() * efficiency;
  }

  /** A narrower type's rate is at least the wider one's. */
  private void processor() {
    Processor processor = profile.getProcessor();
    narrower("peak_int4", processor.getPeakInt4(), "peak_int8", processor.getPeakInt8());
    narrower("peak_int8", processor.getPeakInt8(), "peak_fp16", processor.getPeakFp16());
    narrower("peak_int4", processor.getPeakInt4(), "peak_fp16", processor.getPeakFp16());
  }

  private void narrower(String narrow, Quantity low, String wide, Quantity high) {
    if (low.getValue() > 0 && high.getValue() > 0 && low.getValue() < high.getValue()) {
      add(
          "processor."
              + narrow
              + " "
              + Units.print(low.getValue(), Dimension.COMPUTE_RATE)
              + " is below processor."
              + wide
              + " "
              + Units.print(high.getValue(), Dimension.COMPUTE_RATE));
    }
  }

  private void energy() {
    Energy energy = profile.getEnergy();
    int given =
        (energy.hasFlashRead() ? 1 : 0)
            + (energy.hasDramAccess() ? 1 : 0)
            + (energy.hasCompute() ? 1 : 0);
    if (profile.hasEnergy() && given < 3) {
      add("energy needs flash_read, dram_access and compute; without one of them none is counted");
    }
  }

  private void add(String warning) {
    found.add(warning);
  }

  private static String rate(Quantity quantity) {
    return rate(quantity.getValue());
  }

  private static String rate(double bytesPerSecond) {
    return Units.print(bytesPerSecond, Dimension.BANDWIDTH);
  }

  private static String bytes(Quantity quantity) {
    return Units.print(quantity.getValue(), Dimension.BYTES);
  }

  private static String number(Quantity quantity) {
    return Units.print(quantity.getValue(), Dimension.NUMBER);
  }
}
