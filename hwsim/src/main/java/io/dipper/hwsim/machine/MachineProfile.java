package io.dipper.hwsim.machine;

import com.google.protobuf.Message;
import io.dipper.config.Digits;
import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.hwsim.machine.Measured.Kind;
import io.dipper.hwsim.profile.fit.MeasuredCurve;
import io.dipper.hwsim.profile.fit.MeasuredPoint;
import io.dipper.hwsim.profile.fit.Quantities;
import io.dipper.hwsim.profile.fit.TableFit;
import io.dipper.hwsim.time.device.TableFlash;
import io.dipper.proto.Dequantise;
import io.dipper.proto.Dram;
import io.dipper.proto.Flash;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.LongVectors;
import io.dipper.proto.Overlap;
import io.dipper.proto.Processor;
import io.dipper.proto.Quantity;
import io.dipper.proto.VectorTimes;
import io.dipper.weight.WeightType;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A profile of what was measured of a machine: medians, with their spread in the sources. */
public final class MachineProfile {
  private static final int PAGE = 4096;

  private final Map<Measured, Spread> values;
  private final MeasureRequest request;

  private MachineProfile(Map<Measured, Spread> values, MeasureRequest request) {
    this.values = values;
    this.request = request;
  }

  /**
   * The profile of a machine.
   *
   * @param name of the profile
   * @param memoryBytes of the machine's DRAM
   */
  public static HardwareProfile of(
      Map<Measured, Spread> values, MeasureRequest request, String name, double memoryBytes) {
    MachineProfile made = new MachineProfile(values, request);
    return HardwareProfile.newBuilder()
        .setName(name)
        .setDescription("This machine, measured by dipper hardware measure")
        .setFlash(made.flash())
        .setDram(made.dram(memoryBytes))
        .setProcessor(made.processor())
        .setOverlap(Overlap.PIPELINE)
        .build();
  }

  private Flash flash() {
    String source =
        String.format(
            Locale.ROOT,
            "direct reads within %s, medians of %d, spread up to %.0f %%",
            Units.print(request.fileBytes(), Dimension.BYTES),
            request.repeats(),
            100 * widest());
    Flash.Builder flash =
        TableFit.of(new MeasuredCurve("measured", curve()), source).flash().toBuilder();
    Spread stream = of(Kind.STREAM);
    double most = flash.getMaxBandwidth().getValue();
    flash
        .setSequentialBandwidth(
            stream.median() > most ? flash.getMaxBandwidth() : bytes(stream, "a stream"))
        .setStreamRead(Quantities.measured(only(Kind.STREAM).size(), "the reads of that stream"))
        .setStreamLanes(Quantities.measured(only(Kind.STREAM).threads(), "those in flight"))
        .setPageSize(Quantities.assumed(PAGE, "the system's page"))
        .setHandOver(seconds(of(Kind.HAND_OVER), only(Kind.HAND_OVER).text()));
    FetchCosts longer = FetchCosts.ofLonger(seconds(Kind.FETCH), new TableFlash(flash.build()));
    String fetched = source(all(Kind.FETCH), Dimension.TIME);
    FetchCosts delays = FetchCosts.ofDelays(seconds(Kind.DELAY));
    String delayed = source(all(Kind.DELAY), Dimension.TIME);
    flash
        .setHandOverPerLane(Quantities.derived(Digits.four(longer.each()), fetched))
        .setProcessorPerRead(Quantities.derived(Digits.four(delays.each()), delayed))
        .setProcessorPerByte(Quantities.derived(Digits.four(delays.perByte()), delayed))
        .setCopyBandwidth(Quantities.derived(Digits.four(1 / longer.perByte()), fetched));
    return PageCacheProfile.with(flash.build(), values, cores());
  }

  /** The seconds of all that was measured of a kind. */
  private Map<Measured, Double> seconds(Kind kind) {
    Map<Measured, Double> seconds = new LinkedHashMap<>();
    all(kind).forEach(what -> seconds.put(what, spread(what).median()));
    return seconds;
  }

  private List<MeasuredPoint> curve() {
    return all(Kind.RANDOM_READS)
        .map(
            what ->
                new MeasuredPoint(
                    what.size(),
                    what.threads(),
                    Double.POSITIVE_INFINITY,
                    spread(what).median(),
                    0))
        .toList();
  }

  private double widest() {
    return all(Kind.RANDOM_READS).mapToDouble(what -> spread(what).relative()).max().orElse(0);
  }

  /** Bandwidth as reading threads see it, so that no efficiency stands beside it. */
  private Dram dram(double memoryBytes) {
    Measured best =
        all(Kind.MEMORY)
            .max(Comparator.comparingDouble(what -> spread(what).median()))
            .orElseThrow();
    return Dram.newBuilder()
        .setCapacity(Quantities.measured(memoryBytes, "what the system says"))
        .setBandwidth(bytes(spread(best), best.text()))
        .setFlashTraffic(true)
        .build();
  }

  private Processor processor() {
    Spread one = of(Kind.MULTIPLY_ADD);
    VectorCosts gather =
        VectorCosts.of(spread(shorter(Kind.GATHER)).median(), spread(longer(Kind.GATHER)).median());
    String gathered = source(Kind.GATHER, Dimension.TIME);
    double perByte = 8 * gather.perWeight() / ExecutionRates.GATHERED.bits();
    Processor.Builder processor = Processor.newBuilder();
    double most = spread(longest()).median() - gather.each();
    if (most < gather.perWeight() * VectorCosts.LONGEST) {
      processor.setGatherBytes(
          Quantities.derived(
              Digits.four(Math.max(1, most / perByte)),
              measured(spread(longest()), longest().text(), Dimension.TIME).getSource()));
    }
    return processor
        .setPeak(
            Quantities.derived(
                cores() * one.median(),
                cores() + " times what one core reaches in float32, in a loop of Java"))
        .setSelectPerElement(seconds(of(Kind.SELECT), "the larger half of 4,096 scores"))
        .setGatherPerUnit(Quantities.derived(Digits.four(gather.each()), gathered))
        .setGatherPerByte(Quantities.derived(Digits.four(perByte), gathered))
        .setMultiplyPerVector(byType(VectorTimes.newBuilder(), this::vector))
        .addAllLongVectors(longVectors())
        .setKernelLaunch(seconds(of(Kind.HAND_OUT), only(Kind.HAND_OUT).text()))
        .setPeakAttention(
            measured(of(Kind.ATTENTION), only(Kind.ATTENTION).text(), Dimension.COMPUTE_RATE))
        .setDequantise(byType(Dequantise.newBuilder(), this::rate))
        .build();
  }

  private List<LongVectors> longVectors() {
    return VectorCosts.LONGER.stream()
        .map(
            length ->
                LongVectors.newBuilder()
                    .setLength(length)
                    .setDequantise(byType(Dequantise.newBuilder(), kind -> rate(kind, length)))
                    .build())
        .toList();
  }

  /** A quantity for each type that products are measured with. */
  private static <B extends Message.Builder> B byType(B values, Function<Kind, Quantity> quantity) {
    for (Kind kind : Kind.values()) {
      WeightType type = kind.weights();
      if (type != null) {
        values.setField(
            values.getDescriptorForType().findFieldByName(type.label()), quantity.apply(kind));
      }
    }
    return values;
  }

  private Quantity rate(Kind kind, int length) {
    Measured what = Measured.products(kind, length, cores());
    return measured(spread(what), what.text(), Dimension.WEIGHT_RATE);
  }

  private Measured shorter(Kind kind) {
    return Measured.products(kind, VectorCosts.LENGTHS.get(0), cores());
  }

  private Measured longer(Kind kind) {
    return Measured.products(kind, VectorCosts.LENGTHS.get(1), cores());
  }

  /** The longest columns that gathering is measured with. */
  private Measured longest() {
    return Measured.products(Kind.GATHER, VectorCosts.LONGEST, cores());
  }

  private int cores() {
    return only(Kind.HAND_OUT).threads();
  }

  /** What a line was drawn through. */
  private String source(Kind kind, Dimension dimension) {
    return source(Stream.of(shorter(kind), longer(kind)), dimension);
  }

  private String source(Stream<Measured> through, Dimension dimension) {
    return through
        .map(what -> measured(spread(what), what.text(), dimension).getSource())
        .collect(Collectors.joining("; "));
  }

  private Spread of(Kind kind) {
    return spread(only(kind));
  }

  /** What was measured of a kind of which there is one. */
  private Measured only(Kind kind) {
    return all(kind).findFirst().orElseThrow();
  }

  private Stream<Measured> all(Kind kind) {
    return values.keySet().stream().filter(what -> what.kind() == kind);
  }

  private Spread spread(Measured what) {
    return Objects.requireNonNull(values.get(what));
  }

  /**
   * The rate of products with a type, whatever limits it: memory, conversions, or arithmetic;
   * beside what each row or column takes.
   */
  private Quantity rate(Kind kind) {
    return Quantities.derived(
        Digits.four(1 / costs(kind).perWeight()), source(kind, Dimension.WEIGHT_RATE));
  }

  private Quantity vector(Kind kind) {
    return Quantities.derived(Digits.four(costs(kind).each()), source(kind, Dimension.WEIGHT_RATE));
  }

  private VectorCosts costs(Kind kind) {
    return VectorCosts.ofRates(spread(shorter(kind)).median(), spread(longer(kind)).median());
  }

  private static Quantity bytes(Spread spread, String what) {
    return measured(spread, what, Dimension.BANDWIDTH);
  }

  private static Quantity seconds(Spread spread, String what) {
    return measured(spread, what, Dimension.TIME);
  }

  private static Quantity measured(Spread spread, String what, Dimension dimension) {
    return Quantities.measured(spread.median(), Measured.source(what, spread, dimension));
  }
}
