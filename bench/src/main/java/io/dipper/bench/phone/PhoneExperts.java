package io.dipper.bench.phone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Fits the numbers of a phone's profile, and prints what it predicts beside what the phone
 * measured: {@code PhoneExperts FOLDER}, with the folder of its runs.
 */
public final class PhoneExperts {
  private PhoneExperts() {}

  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("phone");
    Path trace = folder.resolve("trace.arrow");
    try {
      PhoneRuns runs = PhoneRuns.read(Path.of(args[0]), trace);
      FittedNumbers fitted = runs.fit();
      print("fitted", runs, fitted);
      print(
          "as the profile has them", runs, FittedNumbers.of(Phone.TRACED.device().getProcessor()));
      print("admit as the phone counts it", runs, runs.withCountedManagement(fitted));
    } finally {
      Files.deleteIfExists(trace);
      Files.delete(folder);
    }
  }

  private static void print(String what, PhoneRuns runs, FittedNumbers numbers) {
    System.out.printf(
        Locale.ROOT,
        "%s: resident part %.1f ms (expert_layer %.1f us), expert_arithmetic %.4f ns/B,"
            + " admit %.4f ns/B%n",
        what,
        1e3 * runs.residentSeconds(numbers),
        1e6 * numbers.expertLayer(),
        1e9 * numbers.expertByte(),
        1e9 * numbers.admitByte());
    TracedPrediction traced = runs.traced(numbers);
    System.out.printf(
        Locale.ROOT,
        "traced run, tokens 64 to 127: mean wall %+.1f %%, correlation %.3f; without %d tokens that"
            + " paused: %+.1f %%, %.3f%n",
        100 * traced.all().meanError(),
        traced.all().correlation(),
        traced.pauses(),
        100 * traced.withoutPauses().meanError(),
        traced.withoutPauses().correlation());
    runs.predictions(numbers).forEach(PhoneExperts::print);
  }

  private static void print(RunPrediction run) {
    RecordedRun measured = run.measured();
    System.out.printf(
        Locale.ROOT,
        "%-12s measured %.3f tokens/s, predicted %.3f: %+.1f %%; waiting for Flash %.0f and %.0f ms;"
            + " %.2f pauses per GB, without them %.2f tokens/s%n",
        run.name(),
        measured.tokensPerSecond(),
        run.predicted(),
        100 * run.error(),
        1e3 * Numbers.mean(measured.reading()),
        1e3 * run.reading(),
        1e9 * measured.pausesPerByte(),
        measured.tokensPerSecondWithoutPauses());
  }
}
