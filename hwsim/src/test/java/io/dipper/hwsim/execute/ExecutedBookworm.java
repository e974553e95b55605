package io.dipper.hwsim.execute;

import io.dipper.hwsim.execute.file.MissedRuns;
import io.dipper.hwsim.execute.read.CountedReads;
import io.dipper.hwsim.execute.read.ReadCounts;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.profile.model.Quantisations;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.AccessListener;
import io.dipper.hwsim.replay.demand.AccessLog;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.Replay;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.study.point.PlannedPoint;
import io.dipper.hwsim.study.point.Simulation;
import io.dipper.hwsim.study.point.TraceInfo;
import io.dipper.hwsim.time.accounting.DesAccounting;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.hwsim.time.schedule.Schedule;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.progress.Progress;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.LayoutKind;
import io.dipper.proto.ModelShape;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import io.dipper.testing.SharedData;
import io.dipper.trace.Recording;
import io.dipper.trace.RecordingPrefix;
import io.dipper.trace.TraceReader;
import java.nio.file.Path;
import java.util.List;

/** Points of the first tokens of the embedded model's trace, simulated and executed. */
final class ExecutedBookworm implements AutoCloseable {
  private static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");

  private final int tokens;
  private final TraceReader reader = TraceReader.open(TRACE);
  private final Recording recording;
  private final Simulation simulation;

  ExecutedBookworm(int tokens) {
    this.tokens = tokens;
    this.recording = RecordingPrefix.ofTokens(reader, tokens);
    this.simulation =
        new Simulation(recording, TraceInfo.of(TRACE, reader), 2, Progress.SILENT)
            .quantised(Quantisations.find("q8_0"));
  }

  /** A configuration on a made-up device that reads runs, not whole matrices. */
  static PointConfig.Builder config(String policy, String cache, String dram) {
    HardwareProfile.Builder device =
        HardwareProfiles.resolve("apple-a18").profile().toBuilder().setOverlap(Overlap.NONE);
    return PointConfig.newBuilder()
        .setHardware(device)
        .setPolicy(Policies.parse(policy))
        .setCache(Caches.parse(cache))
        .setStreamStatic(true)
        .setLayout(LayoutKind.COLUMN_MAJOR)
        .setCapacity(Capacities.dram(dram));
  }

  /** The model that was recorded. */
  ModelShape model() {
    return simulation.model();
  }

  /** A point with what a replay asks of it. */
  Planned plan(PointConfig.Builder config) {
    PlannedPoint point = simulation.plan(simulation.complete(config.build()));
    AccessLog log =
        new AccessLog(
            0, tokens, point.config().getModel().getLayers(), point.policy().groups().size());
    Workload empty = point.workload(recording.sequenceLengths());
    Execution.check(empty);
    MissedRuns runs = new MissedRuns(empty, point.replayPoint());
    AccessListener both =
        (index, access) -> {
          log.onAccess(index, access);
          runs.onAccess(index, access);
        };
    Demand demand =
        new Replay(recording, 2, Progress.SILENT).run(List.of(point.replayPoint()), both).get(0);
    return new Planned(point, point.workload(demand), log, recording, runs);
  }

  /** A point that can be simulated and executed. */
  record Planned(
      PlannedPoint point, Workload work, AccessLog log, Recording recording, MissedRuns runs) {
    /** What the simulation counts, its runs as long as their mean. */
    ReadCounts simulated() {
      CountedReads counts = new CountedReads();
      new DesAccounting(counts).time(work);
      return counts.counts();
    }

    /** What the simulation counts, its runs as they are. */
    ReadCounts exact() {
      return simulated().withBytes(runs.allBytes(work));
    }

    Schedule schedule() {
      return Schedule.decode(work);
    }

    Execution execution(ExecutionRequest request) {
      return new Execution(request, work, point.replayPoint(), recording);
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
