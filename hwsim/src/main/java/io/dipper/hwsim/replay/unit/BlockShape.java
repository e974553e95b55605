package io.dipper.hwsim.replay.unit;

import static io.dipper.hwsim.replay.unit.Matrix.DOWN;
import static io.dipper.hwsim.replay.unit.Matrix.GATE;
import static io.dipper.hwsim.replay.unit.Matrix.UP;

import io.dipper.error.UserException;
import io.dipper.proto.ModelShape;
import io.dipper.trace.Site;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The block of a model as the spaces of units that it has. A SwiGLU block has two: the H input
 * columns of {@code W_up} and {@code W_gate}, and the I GLU units, each a row of both and a column
 * of {@code W_down}.
 *
 * @param spaces in the order in which masks over them are computed
 */
public record BlockShape(List<UnitSpace> spaces) {
  /** The id of the space of input columns. */
  public static final String INPUTS = "x";

  /** The id of the space of GLU units. */
  public static final String GLU_UNITS = "h";

  public BlockShape {
    spaces = List.copyOf(spaces);
  }

  /**
   * The block of a model's layers.
   *
   * @throws UserException if the layers have experts: those are units of another kind
   */
  public static BlockShape of(ModelShape shape) {
    if (shape.getExperts() > 0) {
      throw new UserException(
          shape.getName()
              + ": its layers have "
              + shape.getExperts()
              + " experts, and masks over the units of a dense MLP do not apply to them");
    }
    int hidden = shape.getHiddenSize();
    int intermediate = shape.getIntermediateSize();
    UnitPart inputColumn = new UnitPart(intermediate, true);
    UnitPart row = new UnitPart(hidden, false);
    UnitSpace inputs =
        new UnitSpace(
            INPUTS, hidden, Set.of(Site.X), Site.X, Map.of(UP, inputColumn, GATE, inputColumn));
    UnitSpace gluUnits =
        new UnitSpace(
            GLU_UNITS,
            intermediate,
            Set.of(Site.GATE, Site.UP, Site.GLU),
            Site.GLU,
            Map.of(UP, row, GATE, row, DOWN, new UnitPart(hidden, true)));
    return new BlockShape(List.of(inputs, gluUnits));
  }

  /** The space of an id. */
  public UnitSpace space(String id) {
    return spaces.stream()
        .filter(space -> space.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("this block has no units " + id));
  }

  /** The space whose units have a value each at a site. */
  public UnitSpace spaceOf(Site site) {
    return spaces.stream()
        .filter(space -> space.sites().contains(site))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("this block has no units at " + site.id()));
  }
}
