package io.dipper.hwsim.execute;

import java.util.EnumMap;
import java.util.Map;

/** Made-up weights by type, each made when it is first asked for. */
final class Templates {
  private final Map<Blocks, WeightTemplate> made = new EnumMap<>(Blocks.class);

  /** Those of the type whose bits per weight are nearest. */
  WeightTemplate of(double bits) {
    return of(Blocks.nearest(bits));
  }

  /** Those of a type. */
  WeightTemplate of(Blocks blocks) {
    return made.computeIfAbsent(blocks, WeightTemplate::new);
  }
}
