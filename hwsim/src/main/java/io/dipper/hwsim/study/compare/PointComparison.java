package io.dipper.hwsim.study.compare;

import io.dipper.hwsim.execute.CountedReads;
import io.dipper.hwsim.execute.Executed;
import io.dipper.hwsim.execute.Execution;
import io.dipper.hwsim.execute.ExecutionRequest;
import io.dipper.hwsim.execute.ReadCounts;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.study.point.PlannedPoint;
import io.dipper.hwsim.study.point.Simulation;
import io.dipper.hwsim.time.accounting.Accountings;
import io.dipper.hwsim.time.accounting.Timing;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.hwsim.time.timeline.RunFiles;
import io.dipper.hwsim.time.timeline.RunShape;
import io.dipper.progress.Progress;
import io.dipper.proto.PointConfig;
import io.dipper.trace.Recording;

/**
 * One point, simulated and executed.
 *
 * @param timing the simulated time
 * @param counts what the simulation finds and reads
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
    Execution.announce();
    PlannedPoint point = simulation.plan(config);
    Demand demand = simulation.replay(point);
    Workload work = point.workload(demand);
    Execution execution = new Execution(request, work, point.replayPoint(), recording);
    CountedReads counts = new CountedReads();
    Timing timing = Accountings.of(config.getAccounting(), counts).time(work);
    RunShape shape = new RunShape(demand.sequenceLengths(), config.getModel().getLayers());
    Executed executed = files.write(shape, listener -> execution.run(listener, progress));
    return new PointComparison(timing, counts.counts(), executed);
  }
}
