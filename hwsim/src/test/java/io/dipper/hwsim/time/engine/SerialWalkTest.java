package io.dipper.hwsim.time.engine;

import static io.dipper.hwsim.time.accounting.Synthetic.DIP;
import static io.dipper.hwsim.time.accounting.Synthetic.GLU;
import static io.dipper.hwsim.time.accounting.Synthetic.q;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.time.accounting.Synthetic;
import io.dipper.hwsim.time.memory.KvSpan;
import io.dipper.hwsim.time.memory.MemoryLedger;
import io.dipper.hwsim.time.memory.MemoryPart;
import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.hwsim.time.schedule.Schedule;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.LayoutKind;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import io.dipper.proto.VectorTimes;
import io.dipper.proto.Vram;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Percentage;

/** A schedule walked in two ways: by events, and one thing after another. */
class SerialWalkTest {
  private static final int[] SEQUENCES = {5, 3};
  private static final int BLOCK = 24;

  /** Half a picosecond for each event of the eight tokens, and the rounding of sums. */
  private static final double ROUNDING = 1e-9;

  private static final Percentage RESOLUTION = Percentage.withPercentage(100 * 1e-7);

  @Property(tries = 100)
  void whereNothingOverlaps_theEngineTakesTheSumOfTheParts(
      @ForAll boolean dip, @ForAll @IntRange(max = 100_000) int seed) {
    Random random = new Random(seed);
    HardwareProfile device = device(random, Overlap.NONE).build();
    Workload work = work(device, dip ? DIP : GLU, random);

    DeviceRun run = DeviceRun.of(work, EngineListener.NONE);

    SerialWalker serial = new SerialWalker(device, Schedule.decode(work));
    assertThat(run.tokensPerSecond()).isCloseTo(throughput(serial, work), RESOLUTION);
    for (Activity activity : Activity.values()) {
      assertThat(run.ledger().seconds(activity))
          .as("%s", activity)
          .isCloseTo(serial.seconds(activity), within(1e-10));
    }
    assertThat(run.firstToken().beginning()).isCloseTo(prompt(work, false), within(1e-10));
    assertThat(run.firstToken().warm()).isCloseTo(prompt(work, true), within(1e-10));
  }

  @Property(tries = 100)
  void whateverOverlaps_aRunTakesNoLongerThanItsParts_andNoShorterThanThoseOfTheProcessor(
      @ForAll boolean dip, @ForAll boolean pipelined, @ForAll @IntRange(max = 100_000) int seed) {
    Random random = new Random(seed);
    HardwareProfile.Builder builder = device(random, pipelined ? Overlap.PIPELINE : Overlap.IO);
    // A throttle would see reads in another order, and a shared port slows the processor down.
    builder.getFlashBuilder().clearThrottleAfter().clearThrottledBandwidth();
    builder.getDramBuilder().clearFlashTraffic();
    HardwareProfile device = builder.build();
    Workload work = work(device, dip ? DIP : GLU, random);

    double seconds = seconds(DeviceRun.of(work, EngineListener.NONE).ledger());

    SerialWalker serial = new SerialWalker(device, Schedule.decode(work));
    throughput(serial, work);
    double sum = 0;
    for (Activity activity : Activity.values()) {
      sum += serial.seconds(activity);
    }
    assertThat(seconds).isLessThanOrEqualTo(sum * (1 + ROUNDING) + 1e-10);
    assertThat(seconds)
        .isGreaterThanOrEqualTo((sum - serial.seconds(Activity.FLASH)) * (1 - ROUNDING) - 1e-10);
  }

  /** The mean over sequences, as of a run. */
  private static double throughput(SerialWalker serial, Workload work) {
    KvSpan span = KvSpan.of(work.config());
    double throughputs = 0;
    int row = 0;
    for (int length : SEQUENCES) {
      double seconds = 0;
      for (int token = 0; token < length; token++) {
        seconds += serial.walk(row++, span.at(token, length));
      }
      throughputs += length / seconds;
    }
    return throughputs / SEQUENCES.length;
  }

  private static double prompt(Workload work, boolean warm) {
    Schedule prompt = Schedule.decode(work).prompt(work, warm);
    return new SerialWalker(work.device(), prompt).walk(0, KvSpan.of(work.config()).from());
  }

  private static double seconds(Ledger ledger) {
    return ledger.perToken(1).total();
  }

  private static Workload work(HardwareProfile device, List<UnitGroup> groups, Random random) {
    PointConfig config =
        Synthetic.config(device, BLOCK, random.nextInt(16)).toBuilder()
            .setLayout(LayoutKind.forNumber(random.nextInt(3)))
            .setMinRequest(random.nextInt(3) * 3000)
            .build();
    double streamed = random.nextInt(3) * 4e5;
    MemoryPlan plan = Synthetic.plan(config, groups, streamed, 1e5 + random.nextInt(1_000_000));
    return new Workload(
        config,
        device.hasVram() ? inTiers(plan, random) : plan,
        Synthetic.random(groups, random.nextInt(), SEQUENCES));
  }

  private static HardwareProfile.Builder device(Random random, Overlap overlap) {
    HardwareProfile.Builder device =
        HardwareProfile.newBuilder().setName("made up").setOverlap(overlap);
    device
        .getFlashBuilder()
        .setMaxBandwidth(q(1e9 + random.nextInt(3) * 1e9))
        .setSequentialBandwidth(q(3.5e9))
        .setLaneBandwidth(q(0.6e9))
        .setLatency(q(random.nextInt(100) * 1e-6))
        .setSubmission(q(random.nextInt(3) * 1e-6))
        .setLanes(q(1 + random.nextInt(32)))
        .setPageSize(q(random.nextBoolean() ? 512 : 4096));
    if (random.nextBoolean()) {
      device.getFlashBuilder().setThrottleAfter(q(5e-3)).setThrottledBandwidth(q(0.5e9));
    }
    device
        .getDramBuilder()
        .setBandwidth(q(5e9 + random.nextInt(40) * 1e9))
        .setEfficiency(q(0.8))
        .setFlashTraffic(random.nextBoolean());
    device
        .getProcessorBuilder()
        .setPeak(q(5e9 + random.nextInt(100) * 1e9))
        .setKernelLaunch(q(random.nextInt(3) * 1e-6))
        .setLayerSynchronisation(q(random.nextInt(3) * 2e-6))
        .setSelectPerElement(q(random.nextInt(2) * 1e-9))
        .setGatherPerUnit(q(random.nextInt(2) * 3e-9))
        .setGatherPerByte(q(random.nextInt(2) * 1e-11))
        .setMultiplyPerVector(VectorTimes.newBuilder().setQ80(q(random.nextInt(2) * 1e-8)));
    if (random.nextBoolean()) {
      device.setVram(vram(random));
    }
    return device;
  }

  /** Any share of weights, KV cache and cached units in VRAM: nothing, a half, or all of it. */
  private static MemoryPlan inTiers(MemoryPlan plan, Random random) {
    Map<MemoryPart, Double> parts = new EnumMap<>(plan.ledger().parts());
    parts.put(MemoryPart.HEAD, plan.staticBytes() - plan.ledger().bytes(MemoryPart.KV_CACHE));
    parts.put(MemoryPart.UNIT_CACHES, 1e6);
    Map<MemoryPart, Double> inVram = new EnumMap<>(MemoryPart.class);
    for (MemoryPart part : List.of(MemoryPart.HEAD, MemoryPart.KV_CACHE, MemoryPart.UNIT_CACHES)) {
      inVram.put(part, random.nextInt(3) * 0.5 * parts.getOrDefault(part, 0.0));
    }
    return new MemoryPlan(
        plan.dramBytes(),
        plan.staticBytes(),
        plan.streamedBytes(),
        plan.cacheColumns(),
        plan.totalBytes(),
        new MemoryLedger(Double.POSITIVE_INFINITY, parts, inVram));
  }

  private static Vram vram(Random random) {
    Vram.Builder vram =
        Vram.newBuilder()
            .setCapacity(q(1e9))
            .setBandwidth(q(5e9 + random.nextInt(10) * 1e11))
            .setEfficiency(q(0.5 + random.nextInt(2) * 0.25));
    if (random.nextBoolean()) {
      vram.setLink(q(2e9 + random.nextInt(3) * 1.5e10));
    }
    return vram.build();
  }
}
