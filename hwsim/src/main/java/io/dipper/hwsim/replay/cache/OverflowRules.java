package io.dipper.hwsim.replay.cache;

import io.dipper.proto.Overflow;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import io.dipper.registry.Registry;
import io.dipper.registry.Trait;

/** The overflow rules there are, the default first. */
public final class OverflowRules {
  /** Makes the rule of one cache. */
  public interface Factory {
    OverflowRule create(CacheContext context);
  }

  public static final Registry<Factory> ALL =
      Registry.of(
          "overflow rule",
          rule("lowest-index", "the missed units of lowest index", c -> new LowestIndexOverflow()),
          rule("random", "missed units by chance", c -> new RandomOverflow(c.seed())),
          Description.of("by-score", "the missed units of largest score", "-")
              .having(Trait.LOOKS_AT_SCORES)
              .by(c -> new ByScoreOverflow(c.units())));

  private OverflowRules() {}

  private static Declared<Factory> rule(String name, String summary, Factory factory) {
    return Description.of(name, summary, "-").by(factory);
  }

  /** The rule as points hold it. */
  static Overflow kind(String name) {
    return Overflow.forNumber(ALL.names().indexOf(name));
  }

  /** Whether a rule has a trait. */
  static boolean has(Overflow kind, Trait trait) {
    return ALL.find(name(kind)).description().has(trait);
  }

  static String name(Overflow kind) {
    return ALL.names().get(kind.getNumber());
  }
}
