package io.dipper.hwsim.replay.policy;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.mask.DeclaredPolicy;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.mask.PolicyFactory;
import io.dipper.hwsim.replay.unit.Groups;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.ModelShape;
import io.dipper.registry.Choice;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import io.dipper.registry.Parameter;
import io.dipper.registry.Trait;
import io.dipper.trace.MaskFile;
import io.dipper.trace.MaskTable;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Masks that some other tool chose, read from a file: the units of every token, layer and group.
 */
final class RecordedUnits {
  static final Declared<PolicyFactory> ENTRY =
      Description.of("file", "the units that a file lists for each token, layer and group", "-")
          .oneOf(List.of(List.of("masks")))
          .with(
              Parameter.file(
                  "masks", "Arrow file with columns token, layer, group and units, of any tool"))
          .having(Trait.RECORDED)
          .by(RecordedUnits::create);

  private RecordedUnits() {}

  private static MaskPolicy create(Choice parameters, PolicyContext context) {
    Path file = Path.of(parameters.text("masks"));
    Map<String, UnitGroup> known = known(context.shape());
    Map<String, Integer> sizes = new HashMap<>();
    known.forEach((name, group) -> sizes.put(name, group.units()));
    MaskTable table = MaskFile.read(file, context.shape().getLayers(), sizes);
    known.keySet().retainAll(table.groups());
    checkMatrices(file, known);
    Recording recording = context.recording();
    if (recording != null) {
      checkTokens(file, table.tokens(), recording);
    }
    List<String> names = List.copyOf(known.keySet());
    List<UnitGroup> groups = List.copyOf(known.values());
    return new DeclaredPolicy(
        parameters,
        groups,
        (layer, group) ->
            new RecordedSelector(table, names.get(groups.indexOf(group)), layer, file));
  }

  /** What a file may call a group, and what the group then is: x before what follows from it. */
  private static Map<String, UnitGroup> known(ModelShape shape) {
    Map<String, UnitGroup> groups = new LinkedHashMap<>();
    groups.put("x", group(shape, Site.X, Matrix.UP, Matrix.GATE));
    groups.put("gate", group(shape, Site.GATE, Matrix.UP, Matrix.DOWN));
    groups.put("up", group(shape, Site.UP, Matrix.GATE, Matrix.DOWN));
    groups.put("glu", group(shape, Site.GLU, Matrix.DOWN));
    groups.put("neuron", group(shape, Site.GLU, Matrix.UP, Matrix.GATE, Matrix.DOWN));
    return groups;
  }

  private static UnitGroup group(ModelShape shape, Site site, Matrix... covered) {
    return Groups.scoredBy(shape, site, covered).get(0);
  }

  private static void checkMatrices(Path file, Map<String, UnitGroup> groups) {
    Set<Matrix> covered = EnumSet.noneOf(Matrix.class);
    for (UnitGroup group : groups.values()) {
      for (Matrix matrix : group.covers()) {
        if (!covered.add(matrix)) {
          throw UserException.in(
              file,
              "has groups "
                  + String.join(", ", groups.keySet())
                  + ", which mask a matrix twice; only x and glu go together");
        }
      }
    }
  }

  private static void checkTokens(Path file, int tokens, Recording recording) {
    int wanted = IntStream.of(recording.sequenceLengths()).sum();
    if (tokens < wanted) {
      throw UserException.in(
          file, "has masks for " + tokens + " tokens, and the trace has " + wanted);
    }
  }
}
