package io.dipper.hwsim.execute;

import io.dipper.config.Digits;
import io.dipper.error.UserException;
import io.dipper.hwsim.execute.product.Blocks;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.time.schedule.Schedule;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.proto.AccountingKind;
import io.dipper.proto.LayoutKind;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Speculation;
import io.dipper.registry.Trait;
import java.util.Arrays;

/** Refuses points that the machine at hand cannot run as they are. */
final class ExecutionCheck {
  private ExecutionCheck() {}

  /**
   * Checks a point.
   *
   * @throws UserException that says what of it cannot be executed
   */
  static void check(Workload work) {
    PointConfig config = work.config();
    refuse(config.getHardware().hasVram(), "VRAM is not executed; choose a profile without it");
    refuse(
        config.getAccounting() == AccountingKind.PAPER,
        "the paper's closed form has no steps to execute; leave --accounting at des");
    refuse(
        Caches.has(config.getCache(), Trait.PAGED),
        "reads go past the page cache here; choose a cache of units");
    refuse(
        Caches.has(config.getCache(), Trait.SEES_FUTURE),
        "a cache that sees the future cannot be executed; choose another, such as lfu");
    refuse(
        config.getLayout() == LayoutKind.ROW_MAJOR || config.getLayout() == LayoutKind.AS_STORED,
        "rows are not executed; choose --layout column-major or bundled");
    refuse(
        config.getSpeculation() != Speculation.NO_SPECULATION,
        "guesses are not executed; choose --speculation none");
    refuse(config.getMinRequest() > 0, "reads are as long as their runs; leave --min-request out");
    refuse(
        work.demand().reading().densePrompt() > 0,
        "prompts are not executed; choose a policy without prompt=");
    refuse(
        config.getHardware().getDram().hasTaken(),
        "memory is as contended as the machine's; leave dram.taken out");
    refuse(
        work.demand().reading().window() > 1, "tokens are executed one by one; leave --window out");
    if (Experts.in(config.getModel())) {
      checkExperts(work);
    } else {
      work.demand().groups().forEach(group -> check(group, work));
    }
  }

  private static void checkExperts(Workload work) {
    refuse(
        work.demand().groups().size() > 1,
        "masks inside experts are not executed; leave inside out");
    refuse(
        work.demand().tokens() == 0,
        "the trace's first tokens are a prompt, and none is decoded; give more --tokens");
    boolean all =
        Arrays.stream(Schedule.decode(work).plan().steps())
            .anyMatch(step -> step.isMasked() && step.isKnownAhead());
    refuse(all, "every token takes all experts; choose a policy that leaves some out");
  }

  private static void check(UnitGroup group, Workload work) {
    double bits = work.bytes().bits().getMlp();
    Blocks blocks = Blocks.of(bits, work.config().getWeightTypesList()).orElse(null);
    if (blocks == null) {
      throw refusal(
          "products are made of "
              + Blocks.told()
              + ", and the MLP's weights have "
              + Digits.four(bits)
              + " bits; choose another --quant, e.g. q4_0");
    }
    for (Matrix matrix : group.covers()) {
      int weights = group.space().part(matrix).weights();
      refuse(
          weights % blocks.weights() != 0,
          "units of "
              + weights
              + " weights are no whole blocks of "
              + blocks.type().label()
              + "; choose another --quant, e.g. f16");
    }
  }

  private static void refuse(boolean is, String why) {
    if (is) {
      throw refusal(why);
    }
  }

  private static UserException refusal(String why) {
    return new UserException("execute: " + why);
  }
}
