package io.dipper.verifier.execute;

import io.dipper.error.UserException;
import io.dipper.hwsim.execute.ExecutionRequest;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.hwsim.study.compare.PointComparison;
import io.dipper.hwsim.study.point.Simulation;
import io.dipper.hwsim.time.memory.MemoryLedger;
import io.dipper.hwsim.time.memory.MemoryPart;
import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.hwsim.time.timeline.RunFiles;
import io.dipper.progress.Progress;
import io.dipper.proto.ModelShape;
import io.dipper.proto.PointConfig;
import io.dipper.trace.Recording;
import io.dipper.trace.TraceReader;
import io.dipper.tracegen.corpus.Perplexity;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.model.ModelFiles;
import io.dipper.tracegen.runtime.DenseModel;
import io.dipper.tracegen.runtime.RuntimeOptions;
import io.dipper.verifier.Verification;
import java.nio.file.Path;

/**
 * A point that is executed live: the model of a trace runs on the trace's tokens, while the units
 * of its MLPs are read from a disk as its masks ask for them. Of its other weights as many are kept
 * decoded as the point's memory holds; the others are decoded again from the mapped file on each
 * use.
 *
 * @param comparison the live run beside the simulated one, which is of the recorded masks
 * @param perplexity of the live run
 */
public record LiveExecution(PointComparison comparison, Perplexity perplexity) {

  /**
   * What is run.
   *
   * @param model the file or folder of the trace's model
   * @param path of the trace
   * @param recording the beginning of the trace that is run
   */
  public record Source(Path model, Path path, TraceReader trace, Recording recording) {}

  /**
   * Simulates a point and then executes it live.
   *
   * @param simulation of the recording
   * @param config complete
   * @param files into which the execution is written as it happens
   * @throws UserException if it cannot be executed, or the model is not the trace's
   */
  public static LiveExecution run(
      Source source,
      Simulation simulation,
      PointConfig config,
      ExecutionRequest request,
      RunFiles files,
      Progress progress) {
    check(config.getModel());
    try (ModelFile file = ModelFiles.open(source.model())) {
      Verification.checkBelongTogether(source.model(), file, source.path(), source.trace());
      long kept = keptBytes(simulation.plan(config).plan());
      try (DenseModel model = new DenseModel(file, new RuntimeOptions(request.threads(), kept));
          RunningModel running = new RunningModel(file, model, source.trace().tokenIds())) {
        PointComparison comparison =
            PointComparison.live(
                simulation, source.recording(), config, request, files, running, progress);
        return new LiveExecution(comparison, running.perplexity());
      }
    }
  }

  /**
   * Checks that a model can be run.
   *
   * @throws UserException if it has experts
   */
  public static void check(ModelShape shape) {
    if (Experts.in(shape)) {
      throw new UserException(
          "execute --model: experts are not run live; execute a trace of the model without --model");
    }
  }

  /** What the point's memory has for weights that the model itself multiplies with. */
  private static long keptBytes(MemoryPlan plan) {
    MemoryLedger ledger = plan.ledger();
    double own = ledger.bytes(MemoryPart.ATTENTION) + ledger.bytes(MemoryPart.HEAD);
    return (long) Math.max(0, own - plan.streamedBytes());
  }
}
