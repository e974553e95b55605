package io.dipper.hwsim.replay.cache;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.registry.Choice;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import io.dipper.registry.Parameter;
import io.dipper.registry.Trait;
import java.nio.file.Path;

/**
 * The C units that the policy's masks select most often in a trace, ties by lowest index. They are
 * there from the first token on and never change: their loading is not part of the run. Of units
 * that share a budget of bytes, as many of that order as fit.
 *
 * <p>Batch rule: nothing enters and nothing goes. Masks that look at the cache are counted as they
 * are where nothing is cached.
 */
final class Hot {
  static final Declared<CacheFactory> ENTRY =
      Description.of(
              "hot",
              "the units that a trace selects most often, from the first token on, unchanging",
              "Song et al., arXiv 2312.12456 (PowerInfer)")
          .with(
              Parameter.file(
                  "calibration", "trace to count uses in, instead of the trace replayed"))
          .having(Trait.PINNED, Trait.NEEDS_CALIBRATION)
          .by(Hot::cache);

  private Hot() {}

  private static UnitCache cache(Choice parameters, CacheContext context) {
    UnitUsage usage = context.usage();
    if (usage == null) {
      throw new UserException("cache hot is chosen by the masks of a trace, and none is given");
    }
    Path trace = parameters.has("calibration") ? Path.of(parameters.text("calibration")) : null;
    UnitSet cached = new UnitSet(context.units());
    ByteBudget budget = context.budget();
    long held = 0;
    for (int unit : usage.mostUsed(trace)) {
      long bytes = budget == null ? 1 : budget.unitBytes()[unit];
      if (held + bytes > (budget == null ? context.capacity() : budget.bytes())) {
        break;
      }
      cached.add(unit);
      held += bytes;
    }
    return new FixedCache(context.capacity(), cached, held);
  }
}
