package io.dipper.hwsim.execute.product;

import io.dipper.proto.PointConfig;
import java.util.EnumMap;
import java.util.Map;

/** Made-up weights by type, each made when it is first asked for. */
public final class Templates {
  private final Map<Blocks, WeightTemplate> made = new EnumMap<>(Blocks.class);

  /** Those of the type of a point's weights of so many bits. */
  public WeightTemplate of(double bits, PointConfig point) {
    return of(Blocks.nearest(bits, point));
  }

  /** Those of a type. */
  public WeightTemplate of(Blocks blocks) {
    return made.computeIfAbsent(blocks, WeightTemplate::new);
  }
}
