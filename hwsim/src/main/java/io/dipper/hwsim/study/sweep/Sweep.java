package io.dipper.hwsim.study.sweep;

import io.dipper.error.UserException;
import io.dipper.files.CommandFiles;
import io.dipper.files.FolderLock;
import io.dipper.hwsim.profile.model.Quantisation;
import io.dipper.hwsim.replay.demand.ReplayWork;
import io.dipper.hwsim.study.point.Simulation;
import io.dipper.hwsim.study.point.TraceInfo;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.hwsim.study.setting.Device;
import io.dipper.hwsim.study.setting.PointSettings;
import io.dipper.progress.Progress;
import io.dipper.trace.Recording;
import io.dipper.trace.RecordingPrefix;
import io.dipper.trace.TraceReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A grid of points over one trace, as a sweep file describes it.
 *
 * <pre>{@code
 * Sweep.read(Path.of("sweep.yaml")).run(Path.of("out"), ExistingResults.RESUME, 4, Progress.SILENT);
 * }</pre>
 */
public final class Sweep {
  private final SweepSpec spec;
  private final Path file;
  private final @Nullable Path quality;
  private final int tokens;

  private Sweep(SweepSpec spec, Path file, @Nullable Path quality, int tokens) {
    this.spec = spec;
    this.file = file;
    this.quality = quality;
    this.tokens = tokens;
  }

  /**
   * Reads a sweep file. Paths in it are relative to its folder.
   *
   * @throws UserException with file, line and column of the first thing that is wrong
   */
  public static Sweep read(Path file) {
    return new Sweep(SweepReader.read(file), file, null, Integer.MAX_VALUE);
  }

  /** This sweep over another trace, or over one where the file names none. */
  public Sweep withTrace(Path trace) {
    refuseShape("take that out, or give no trace");
    return new Sweep(spec.withTrace(trace), file, quality, tokens);
  }

  /**
   * This sweep with perplexities predicted by a quality model, which is copied into the result
   * directory. Without it the directory's own is used, where there is one.
   *
   * @param quality a {@code quality.json} that was calibrated on the same model
   */
  public Sweep withQuality(Path quality) {
    return new Sweep(spec, file, quality, tokens);
  }

  /**
   * This sweep over the first tokens of its trace.
   *
   * @param first how many at most
   */
  public Sweep ofTokens(int first) {
    refuseShape("give a trace in its place");
    return new Sweep(spec, file, quality, first);
  }

  /** The beginning of a trace that it replays. */
  public Recording recording(TraceReader reader) {
    return tokens == Integer.MAX_VALUE ? reader : RecordingPrefix.ofTokens(reader, tokens);
  }

  /**
   * The trace it replays.
   *
   * @throws UserException if none is named
   */
  public Path trace() {
    refuseShape("it has no trace, and no model file to run");
    Path trace = spec.trace();
    if (trace == null) {
      throw UserException.in(file, "names no trace; add 'trace: FILE.arrow' or give --trace FILE");
    }
    return trace.normalize();
  }

  /** The devices that its points run on. */
  public List<Device> devices() {
    return spec.grid().of(PointSettings.HARDWARE);
  }

  /** What contradicts itself in the devices' numbers: by device, a line each. */
  public Map<String, List<String>> warnings() {
    Map<String, List<String>> warnings = new LinkedHashMap<>();
    spec.grid()
        .of(PointSettings.HARDWARE)
        .forEach(d -> warnings.put(d.profile().getName(), d.resolved().warnings()));
    return warnings;
  }

  /**
   * Simulates every point and writes the result files, the same bytes for any number of threads and
   * however often it was interrupted and resumed.
   *
   * @param folder the result directory, made where it is missing
   * @throws UserException if the trace cannot be read, no point can exist, the directory is in use,
   *     holds results that {@code existing} protects, or cannot be written
   */
  public SweepSummary run(Path folder, ExistingResults existing, int threads, Progress progress) {
    return run(folder, existing, threads, progress, PointEngine.LOCAL);
  }

  /**
   * Simulates every point by another engine, and writes what the local one would, byte for byte.
   *
   * @param threads of this machine
   */
  public SweepSummary run(
      Path folder, ExistingResults existing, int threads, Progress progress, PointEngine engine) {
    checkFiles(folder);
    try (FolderLock lock = FolderLock.of(folder)) {
      if (!spec.model().runs().isEmpty()) {
        List<Simulation> shapes =
            spec.model().runs().stream()
                .map(run -> stored(Simulation.of(run.recording(), threads, progress)))
                .toList();
        return new SweepRun(spec, new SweptModels(shapes), null, folder, progress, engine)
            .run(existing, quality);
      }
      try (TraceReader reader = TraceReader.open(trace())) {
        ReplayWork.announce(reader, spec.grid().size());
        TraceInfo info = TraceInfo.of(trace(), reader);
        Simulation simulation = stored(new Simulation(recording(reader), info, threads, progress));
        SweptModels models = new SweptModels(List.of(simulation));
        return new SweepRun(spec, models, trace(), folder, progress, engine).run(existing, quality);
      }
    }
  }

  /** What is written into the folder must be none of what is read. */
  private void checkFiles(Path folder) {
    ResultDirectory results = new ResultDirectory(folder);
    CommandFiles files = new CommandFiles().reads("SWEEP", file).reads("--trace", spec.trace());
    if (quality != null && !absolute(quality).equals(absolute(results.quality()))) {
      files.reads("--quality", quality);
    }
    spec.grid().inputs().forEach(input -> files.reads("SWEEP", input));
    spec.model().runs().forEach(run -> files.reads("SWEEP", run.file()));
    results.written().forEach(output -> files.writes("-o", output));
    files.check();
  }

  private static Path absolute(Path file) {
    return file.toAbsolutePath().normalize();
  }

  /** With the weights in the quantisation that the file asks for. */
  private Simulation stored(Simulation simulation) {
    Quantisation other = spec.model().quantisation();
    return other == null ? simulation : simulation.quantised(other);
  }

  private void refuseShape(String why) {
    List<ModelChoice.Run> runs = spec.model().runs();
    if (!runs.isEmpty()) {
      throw UserException.in(
          file,
          "is over the shape"
              + (runs.size() == 1 ? " " : "s ")
              + runs.stream().map(ModelChoice.Run::name).collect(Collectors.joining(", "))
              + ": "
              + why);
    }
  }
}
