package io.dipper.hwsim.study.compare;

import io.dipper.hwsim.execute.Executed;
import io.dipper.hwsim.execute.Execution;
import io.dipper.hwsim.execute.ExecutionRequest;
import io.dipper.hwsim.execute.file.LiveModel;
import io.dipper.hwsim.execute.file.MissedRuns;
import io.dipper.hwsim.execute.file.WeightFile;
import io.dipper.hwsim.execute.read.CountedReads;
import io.dipper.hwsim.execute.read.ReadCounts;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.hwsim.study.point.PlannedPoint;
import io.dipper.hwsim.study.point.Simulation;
import io.dipper.hwsim.time.accounting.Accountings;
import io.dipper.hwsim.time.accounting.Timing;
import io.dipper.hwsim.time.engine.EngineListener;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.hwsim.time.timeline.RunFiles;
import io.dipper.hwsim.time.timeline.RunShape;
import io.dipper.progress.Progress;
import io.dipper.proto.PointConfig;
import io.dipper.trace.Recording;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One point, simulated and executed.
 *
 * @param timing the simulated time
 * @param counts what the simulation finds and reads; the bytes are those of the runs as they are,
 *     not of runs as long as their mean, which its time is of
 * @param executed what the machine did
 */
public record PointComparison(Timing timing, ReadCounts counts, Executed executed) {
  /**
   * Simulates a point and then executes it.
   *
   * @param recording that the simulation is of
   * @param config complete
   * @param files into which the execution is written as it happens
   * @throws io.dipper.error.UserException if it cannot be executed
   */
  public static PointComparison of(
      Simulation simulation,
      Recording recording,
      PointConfig config,
      ExecutionRequest request,
      RunFiles files,
      Progress progress) {
    return written(
        simulation,
        recording,
        config,
        request,
        files,
        (execution, heard) -> execution.run(heard, progress));
  }

  /**
   * Simulates a point and then executes it in a model that runs. Its masks are then those of the
   * run, not of the recording, and so are hits and reads.
   *
   * @param recording that the simulation is of, on whose tokens the model runs
   * @param config complete
   * @param files into which the execution is written as it happens
   * @throws io.dipper.error.UserException if it cannot be executed
   */
  public static PointComparison live(
      Simulation simulation,
      Recording recording,
      PointConfig config,
      ExecutionRequest request,
      RunFiles files,
      LiveModel model,
      Progress progress) {
    return written(
        simulation,
        recording,
        config,
        request,
        files,
        (execution, heard) -> execution.run(model, heard, progress));
  }

  private static PointComparison written(
      Simulation simulation,
      Recording recording,
      PointConfig config,
      ExecutionRequest request,
      RunFiles files,
      BiFunction<Execution, EngineListener, Executed> how) {
    Execution.announce();
    PlannedPoint point = simulation.plan(config);
    int[] lengths = point.fetch().decoded(recording.sequenceLengths());
    RunShape shape = new RunShape(lengths, config.getModel().getLayers());
    return new ComparedPoint(point, recording)
        .run(
            simulation,
            request,
            execution -> files.write(shape, heard -> how.apply(execution, heard)));
  }

  /**
   * A point that is to be compared.
   *
   * @param recording that it is simulated on
   */
  record ComparedPoint(PlannedPoint point, Recording recording) {
    /**
     * What there is to do, before it is known what its masks ask for.
     *
     * @throws io.dipper.error.UserException if it cannot be executed
     */
    Workload work() {
      Workload work = point.workload(recording.sequenceLengths());
      Execution.check(work);
      return work;
    }

    /**
     * What there is to do, once it is known that the point can be executed: of experts only a
     * replay tells, which takes as little as routers say.
     *
     * @throws io.dipper.error.UserException if it cannot
     */
    Workload executable(Simulation simulation) {
      Workload work = work();
      if (Experts.in(point.config().getModel())) {
        Execution.check(point.workload(simulation.replay(point)));
      }
      return work;
    }

    /** Simulates the point and then executes it, on weights that are there. */
    PointComparison run(Simulation simulation, ExecutionRequest request, WeightFile weights) {
      return run(
          simulation,
          request,
          execution -> execution.run(weights, EngineListener.NONE, Progress.SILENT));
    }

    /** Runs a few tokens, as many as the request says, and takes no time. */
    void rehearse(Simulation simulation, ExecutionRequest request, WeightFile weights) {
      execution(request, point.workload(simulation.replay(point))).rehearse(weights);
    }

    private PointComparison run(
        Simulation simulation, ExecutionRequest request, Function<Execution, Executed> how) {
      MissedRuns runs = new MissedRuns(work(), point.replayPoint());
      Workload work = point.workload(simulation.replay(point, runs));
      CountedReads counted = new CountedReads();
      Timing timing = Accountings.of(point.config().getAccounting(), counted).time(work);
      ReadCounts counts = counted.counts().withBytes(runs.allBytes(work));
      return new PointComparison(timing, counts, how.apply(execution(request, work)));
    }

    private Execution execution(ExecutionRequest request, Workload work) {
      return new Execution(request, work, point.replayPoint(), recording);
    }
  }
}
