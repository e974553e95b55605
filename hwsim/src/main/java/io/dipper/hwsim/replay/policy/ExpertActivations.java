package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.proto.ModelShape;
import io.dipper.trace.ColumnNorms;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A recording of chosen experts as one of an MLP of their shape, for what looks at the values of a
 * layer and not at whose they are. A row has those of all of a token's experts; layers are counted
 * among those that have experts.
 */
record ExpertActivations(Recording recording) implements Recording {
  /**
   * The site that holds a value of a dense layer for the experts of a token.
   *
   * @throws IllegalArgumentException if experts have no such value of their own
   */
  static Site siteOf(Site dense) {
    return switch (dense) {
      case GATE -> Site.EXPERT_GATE;
      case UP -> Site.EXPERT_UP;
      case GLU -> Site.EXPERT_GLU;
      default -> throw new IllegalArgumentException("experts have no " + dense.id());
    };
  }

  @Override
  public ModelShape model() {
    return Experts.mlp(recording.model());
  }

  @Override
  public Set<Site> sites() {
    return Stream.of(Site.GATE, Site.UP, Site.GLU)
        .filter(site -> recording.sites().contains(siteOf(site)))
        .collect(Collectors.toSet());
  }

  @Override
  public int[] sequenceLengths() {
    return recording.sequenceLengths();
  }

  @Override
  public SiteColumn column(int layer, Site site) {
    return recording.column(Experts.layers(recording.model())[layer], siteOf(site));
  }

  @Override
  public @Nullable ColumnNorms norms() {
    return null;
  }
}
