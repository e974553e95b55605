package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.hwsim.time.memory.KvSpan;
import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.hwsim.time.schedule.Schedule;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.proto.CacheStart;
import io.dipper.proto.HardwareProfile;

/**
 * What came of running every token of a workload on the device of its point.
 *
 * <p>Token t of the n of a sequence reads a KV cache of {@code from + (block - from) (t + 1/2) / n}
 * positions: it grows evenly to the block's length, each token counted at the middle of its own
 * entry, so that its mean is that of the {@link KvSpan}; a layer with a window reads no more than
 * that.
 *
 * <p>A step of several tokens is one pass, and its tokens attend to as many positions as the middle
 * one.
 *
 * <p>The time to first token is one dense pass of the prompt (of one token where there is none):
 * every weight that is not resident comes from Flash once. Of experts it is the pass of the trace's
 * first prompt, which reads what its tokens chose.
 *
 * @param tokensPerSecond the mean over sequences of each one's throughput
 * @param firstToken the time to first token
 * @param ledger where the time of all tokens went
 * @param reads of all tokens
 * @param work of all tokens
 * @param utilisation how busy the components were
 */
public record DeviceRun(
    double tokensPerSecond,
    FirstToken firstToken,
    Ledger ledger,
    FlashReads reads,
    DeviceWork work,
    Utilisation utilisation) {

  /**
   * Runs a workload.
   *
   * @param listener hears what happens, token by token
   */
  public static DeviceRun of(Workload work, EngineListener listener) {
    HardwareProfile profile = work.device();
    Schedule tokens = Schedule.decode(work);
    Engine engine = new Engine(profile, tokens, work.config().getSeed(), listener);
    double throughput = tokensPerSecond(work, engine);
    return new DeviceRun(
        throughput,
        firstToken(work, tokens),
        engine.ledger(),
        engine.work().reads(profile),
        engine.work(),
        engine.utilisation());
  }

  private static double tokensPerSecond(Workload work, Engine engine) {
    MemoryPlan plan = work.plan();
    KvSpan span = KvSpan.of(work.config());
    double resident = 1 - plan.streamedBytes() / plan.staticBytes();
    int[] lengths = work.demand().sequenceLengths();
    int row = 0;
    double throughputs = 0;
    for (int length : lengths) {
      engine.begin(row, length);
      double seconds = 0;
      int tokens = 0;
      for (int t = 0; t < length; t++) {
        double positions = span.at(t, length);
        plan.ledger().check(resident * work.bytes().kvCache(positions));
        seconds += engine.run(row + t, positions);
        tokens += work.demand().tokensOf(row + t);
      }
      engine.checkInvariants();
      throughputs += work.kept(tokens) / seconds;
      row += length;
    }
    return throughputs / lengths.length;
  }

  private static FirstToken firstToken(Workload work, Schedule tokens) {
    if (Experts.in(work.config().getModel())) {
      return new FirstToken(promptOfExperts(work, tokens), Double.NaN);
    }
    double end = KvSpan.of(work.config()).from();
    double warm = promptSeconds(work, tokens.prompt(work, true), end);
    boolean carried = work.config().getCacheStart() == CacheStart.CARRIED;
    double cold = carried ? warm : promptSeconds(work, tokens.prompt(work, false), end);
    return new FirstToken(cold, warm);
  }

  /** The first prompt's pass; NaN where the trace has none. */
  private static double promptOfExperts(Workload work, Schedule tokens) {
    Demand prompts = work.demand().prompts();
    return prompts == null
        ? Double.NaN
        : promptSeconds(
            work,
            tokens.prompt(work, prompts, work.demand().firstPrompt()),
            Math.max(KvSpan.of(work.config()).from(), work.demand().firstPrompt()));
  }

  /**
   * @param positions in the KV cache after the pass
   */
  private static double promptSeconds(Workload work, Schedule prompt, double positions) {
    Engine engine = new Engine(work.device(), prompt, work.config().getSeed(), EngineListener.NONE);
    engine.begin(0, 1);
    double seconds = engine.run(0, positions);
    engine.checkInvariants();
    return seconds;
  }
}
