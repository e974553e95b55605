package io.dipper.bench.phone;

import io.dipper.bench.phone.TracedPrediction.Agreement;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.proto.Overlap;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The runs of a phone's folder, and what the simulated phone makes of them. */
final class PhoneRuns {
  private static final String MODEL = "qwen3-30b-a3b";
  private static final String OTHERS = MODEL + ".2026-07-12.";

  /** The runs that nothing is fitted to: serial ones first, then those with overlap. */
  private static final Map<String, PhoneSetting> PREDICTED = new LinkedHashMap<>();

  static {
    PREDICTED.put("c2000_l2", new PhoneSetting(8, 2, Overlap.NONE, true));
    PREDICTED.put("c2000_l4", new PhoneSetting(8, 4, Overlap.NONE, true));
    PREDICTED.put("c4000_l2", new PhoneSetting(8, 2, Overlap.NONE, true));
    PREDICTED.put("c4000_l4", new PhoneSetting(8, 4, Overlap.NONE, true));
    PREDICTED.put("c4000_l4_ov", new PhoneSetting(8, 4, Overlap.PIPELINE, true));
    PREDICTED.put("stream_ov", new PhoneSetting(8, 4, Overlap.PIPELINE, false));
  }

  private final Path folder;
  private final Phone phone;
  private final RecordedRun traced;
  private final RecordedRun stream;

  private PhoneRuns(Path folder, Phone phone, RecordedRun traced, RecordedRun stream) {
    this.folder = folder;
    this.phone = phone;
    this.traced = traced;
    this.stream = stream;
  }

  /**
   * @param trace where to put the trace of the traced run
   */
  static PhoneRuns read(Path folder, Path trace) {
    return new PhoneRuns(
        folder,
        new Phone(folder.resolve(MODEL + ".route.csv"), trace),
        RecordedRun.read(folder.resolve(MODEL + ".metrics")),
        RecordedRun.read(folder.resolve(OTHERS + "stream.csv")));
  }

  FittedNumbers fit() {
    return new PhoneFit(phone, traced, stream).fit();
  }

  /** The numbers with the time of management that the phone itself counted, in place of a fit. */
  FittedNumbers withCountedManagement(FittedNumbers numbers) {
    return new FittedNumbers(
        numbers.expertLayer(),
        numbers.expertByte(),
        RecordedRun.managementSeconds(folder.resolve(MODEL + ".metrics"), PhoneFit.FIRST)
            / phone.admittedBytes(0, PhoneFit.FIRST));
  }

  /** The time of a token's resident part. */
  double residentSeconds(FittedNumbers numbers) {
    PhoneSetting setting = Phone.TRACED;
    return phone.seconds(phone.residentPartAlone(), setting, setting.device(numbers))[0];
  }

  /** The tokens of the traced run that nothing is fitted to. */
  TracedPrediction traced(FittedNumbers numbers) {
    double[] predicted =
        Arrays.copyOfRange(
            phone.seconds(phone.traced(), Phone.TRACED, Phone.TRACED.device(numbers)),
            PhoneFit.FIRST,
            traced.tokens());
    RecordedRun others = traced.range(PhoneFit.FIRST, traced.tokens());
    boolean[] pauses = others.paused();
    double[] kept = Numbers.without(pauses, predicted);
    return new TracedPrediction(
        Agreement.of(predicted, others.wall()),
        Agreement.of(kept, Numbers.without(pauses, others.wall())),
        predicted.length - kept.length);
  }

  /** The runs that nothing is fitted to. */
  List<RunPrediction> predictions(FittedNumbers numbers) {
    return PREDICTED.entrySet().stream()
        .map(run -> prediction(run.getKey(), run.getValue(), numbers))
        .toList();
  }

  private RunPrediction prediction(String name, PhoneSetting setting, FittedNumbers numbers) {
    RecordedRun run = RecordedRun.read(folder.resolve(OTHERS + name + ".csv"));
    Demand misses = phone.spread(run, setting);
    double[] seconds = phone.seconds(misses, setting, setting.device(numbers));
    return new RunPrediction(
        name,
        run,
        1 / Numbers.mean(seconds),
        phone.readingSeconds(misses, setting, setting.device(numbers)));
  }
}
