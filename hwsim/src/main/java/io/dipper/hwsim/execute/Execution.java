package io.dipper.hwsim.execute;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.demand.FetchRules;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.simd.Simd;
import io.dipper.hwsim.time.engine.EngineListener;
import io.dipper.hwsim.time.schedule.Schedule;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.progress.Progress;
import io.dipper.trace.Recording;
import java.util.List;

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
    return run(listener, Outputs.NONE, progress);
  }

  Executed run(EngineListener listener, Outputs outputs, Progress progress) {
    try (WeightFile file = WeightFile.write(request.file(), List.of(work), progress)) {
      if (request.keep()) {
        file.keep();
      }
      return run(file, listener, outputs, progress);
    }
  }

  /**
   * Runs all tokens on weights that are there.
   *
   * @param file that was written for this point among others
   */
  public Executed run(WeightFile file, EngineListener listener, Progress progress) {
    return run(file, listener, Outputs.NONE, progress);
  }

  Executed run(WeightFile file, EngineListener listener, Outputs outputs, Progress progress) {
    Schedule schedule = Schedule.decode(work);
    WeightMap map = file.map(WeightNeeds.of(work, schedule));
    try (Machine machine = new Machine(work, schedule, map, file, request)) {
      return run(schedule, machine, listener, outputs, progress);
    }
  }

  private Executed run(
      Schedule schedule,
      Machine machine,
      EngineListener listener,
      Outputs outputs,
      Progress progress) {
    FetchRules fetch = point.fetch().ofUnits();
    int[] lengths = work.demand().sequenceLengths();
    RunParts parts = new RunParts(work, point, recording, schedule, machine, fetch);
    if (request.warmUp() > 0) {
      int tokens = Math.min(request.warmUp(), lengths[0]);
      progress.start("warming up", "tokens", tokens);
      TokenRun warm = new TokenRun(parts, EngineListener.NONE, Outputs.NONE);
      warm.sequence(0, tokens, lengths[0], progress);
      warm.forget();
    }
    progress.start("executing", "tokens", work.demand().tokens());
    TokenRun run = new TokenRun(parts, listener, outputs);
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
