package io.dipper.hwsim.execute;

import io.dipper.error.UserException;
import io.dipper.hwsim.execute.file.LiveModel;
import io.dipper.hwsim.execute.file.WeightFile;
import io.dipper.hwsim.execute.file.WeightMap;
import io.dipper.hwsim.execute.file.WeightNeeds;
import io.dipper.hwsim.replay.demand.FetchRules;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.simd.Simd;
import io.dipper.hwsim.time.engine.EngineListener;
import io.dipper.hwsim.time.schedule.Schedule;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.progress.Progress;
import io.dipper.trace.Recording;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs a point for real: its weights on a disk, its caches in memory, its products on the cores, in
 * the same steps as the simulation. Weights and activations are made up; masks are chosen from the
 * recorded ones.
 */
public final class Execution {
  private final ExecutionRequest request;
  private final Workload work;
  private final ReplayPoint point;
  private final Recording recording;

  /**
   * @param work what is to be done, with the demand of a replay
   * @param point of which that is the demand
   */
  public Execution(
      ExecutionRequest request, Workload work, ReplayPoint point, Recording recording) {
    this.request = request;
    this.work = work;
    this.point = point;
    this.recording = recording;
    ExecutionCheck.check(work);
  }

  /**
   * Says that products are coming, which are enough work for vector loops whatever the masks are;
   * to be called before anything is replayed, because the choice of loops is made once.
   */
  public static void announce() {
    Simd.expect(Long.MAX_VALUE);
  }

  /**
   * Says whether a point can be executed.
   *
   * @param work whose demand may be empty
   * @throws UserException that says what of it cannot
   */
  public static void check(Workload work) {
    ExecutionCheck.check(work);
  }

  /**
   * Writes the weights, runs all tokens, and removes the weights unless they are to be kept.
   *
   * @param listener hears what happens, in real time
   * @throws UserException if the file cannot be written or read
   */
  public Executed run(EngineListener listener, Progress progress) {
    return run(listener, RunListener.NONE, progress);
  }

  Executed run(EngineListener listener, RunListener heard, Progress progress) {
    try (WeightFile file = kept(WeightFile.write(request.file(), List.of(work), progress))) {
      return run(file, listener, heard, progress);
    }
  }

  /**
   * Runs all tokens on weights that are there.
   *
   * @param file that was written for this point among others
   */
  public Executed run(WeightFile file, EngineListener listener, Progress progress) {
    return run(file, listener, RunListener.NONE, progress);
  }

  Executed run(WeightFile file, EngineListener listener, RunListener heard, Progress progress) {
    return on(file, null, parts -> warmAndRun(parts, listener, heard, progress));
  }

  /** Runs on weights that are there what is run before the time is taken, and nothing else. */
  public void rehearse(WeightFile file) {
    on(
        file,
        null,
        parts -> {
          warmUp(parts, Progress.SILENT);
          return parts;
        });
  }

  private <R> R on(WeightFile file, @Nullable LiveRun live, Function<RunParts, R> run) {
    Schedule schedule = Schedule.decode(work);
    WeightNeeds needs = WeightNeeds.of(work, schedule);
    WeightMap map = file.map(live == null ? needs : needs.ofUnits());
    try (Machine machine = new Machine(work, schedule, map, file, request)) {
      return run.apply(new RunParts(work, point, recording, schedule, machine, live));
    }
  }

  /**
   * Runs a model on the tokens of the recording: writes the units of its MLPs, reads them back as
   * its masks ask for them, and removes them unless they are to be kept. Masks are chosen from what
   * the model makes.
   *
   * @param listener hears what happens, in real time
   * @throws UserException if the file cannot be written or read, or if masks need what is not known
   *     when they are chosen
   */
  public Executed run(LiveModel model, EngineListener listener, Progress progress) {
    LiveRun live = new LiveRun(model, work, point);
    FetchRules fetch = point.fetch().ofUnits();
    try (WeightFile file = kept(WeightFile.write(request.file(), work, fetch, model, progress))) {
      return on(file, live, parts -> warmAndRun(parts, listener, live, progress));
    }
  }

  private WeightFile kept(WeightFile file) {
    if (request.keep()) {
      file.keep();
    }
    return file;
  }

  private Executed warmAndRun(
      RunParts parts, EngineListener listener, RunListener heard, Progress progress) {
    warmUp(parts, progress);
    return run(parts, listener, heard, progress);
  }

  private void warmUp(RunParts parts, Progress progress) {
    WarmUp warmUp = request.warmUp();
    if (warmUp.tokens() > 0) {
      int length = work.demand().sequenceLengths()[0];
      progress.start("warming up", "tokens", warmUp.total());
      RunListener heard = parts.live() == null ? RunListener.NONE : parts.live();
      warmUp.run(
          length,
          tokens -> {
            TokenRun warm = new TokenRun(parts, EngineListener.NONE, heard);
            warm.sequence(0, tokens, length, progress);
            warm.forget();
          });
    }
  }

  private Executed run(
      RunParts parts, EngineListener listener, RunListener heard, Progress progress) {
    int[] lengths = work.demand().sequenceLengths();
    progress.start("executing", "tokens", work.demand().tokens());
    TokenRun run = new TokenRun(parts, listener, heard);
    double throughputs = 0;
    int row = 0;
    for (int length : lengths) {
      throughputs += length / run.sequence(row, length, length, progress);
      row += length;
    }
    return new Executed(
        throughputs / lengths.length, run.ledger(work.demand().tokens()), run.counts());
  }
}
