package io.dipper.tracegen.format.safetensors;

import io.dipper.error.UserException;
import io.dipper.error.Visible;
import io.dipper.safetensors.StoredTensor;
import io.dipper.tracegen.format.StackedTensor;
import io.dipper.tracegen.format.TensorRole;
import io.dipper.tracegen.format.TensorTable;
import io.dipper.tracegen.format.WeightTensor;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The experts' matrices of a Hugging Face directory: a tensor for each expert, as models are
 * published, or one for all of a layer, as the library holds them.
 */
final class ExpertTensors {
  private static final Pattern ONE =
      Pattern.compile("(?:block_sparse_moe|mlp)\\.experts\\.(\\d{1,6})\\.(\\w+)\\.weight");
  private static final Map<String, TensorRole> MIXTRAL =
      Map.of(
          "w1", TensorRole.EXPERT_GATE,
          "w3", TensorRole.EXPERT_UP,
          "w2", TensorRole.EXPERT_DOWN);
  private static final Map<String, TensorRole> OTHERS =
      Map.of(
          "gate_proj", TensorRole.EXPERT_GATE,
          "up_proj", TensorRole.EXPERT_UP,
          "down_proj", TensorRole.EXPERT_DOWN);
  private static final Map<String, TensorRole> STACKED =
      Map.of(
          "mlp.experts.gate_up_proj", TensorRole.EXPERT_GATE_UP,
          "mlp.experts.down_proj", TensorRole.EXPERT_DOWN);

  private final Path directory;
  private final Map<String, TensorRole> roles;
  private final int experts;
  private final Map<Place, Map<Integer, StoredTensor>> parts = new TreeMap<>();

  /** None yet, of a model whose layers have so many experts. */
  ExpertTensors(Path directory, HuggingFaceFamily family, int experts) {
    this.directory = directory;
    this.roles = family == HuggingFaceFamily.MIXTRAL ? MIXTRAL : OTHERS;
    this.experts = experts;
  }

  private record Place(int layer, TensorRole role) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      return layer != other.layer
          ? Integer.compare(layer, other.layer)
          : role.compareTo(other.role);
    }
  }

  /**
   * Takes a tensor, if it is of experts.
   *
   * @param name behind {@code layers.N.}
   * @return whether it is
   */
  boolean take(int layer, String name, StoredTensor tensor, TensorTable table) {
    TensorRole all = STACKED.get(name);
    if (experts > 0 && all != null) {
      table.put(all, layer, Dtypes.stack(tensor));
      return true;
    }
    Matcher one = ONE.matcher(name);
    Optional<TensorRole> role =
        one.matches() ? Optional.ofNullable(roles.get(one.group(2))) : Optional.empty();
    if (role.isEmpty() || Integer.parseInt(one.group(1)) >= experts) {
      return false;
    }
    parts
        .computeIfAbsent(new Place(layer, role.get()), place -> new TreeMap<>())
        .put(Integer.parseInt(one.group(1)), tensor);
    return true;
  }

  /**
   * Puts the tensors of single experts, of each layer as one, into a table.
   *
   * @throws UserException that names the first that is missing, or of another shape than the others
   */
  void stack(TensorTable table) {
    parts.forEach(
        (place, found) -> {
          String name = found.values().iterator().next().name();
          for (int expert = 0; expert < experts; expert++) {
            if (!found.containsKey(expert)) {
              throw UserException.in(
                  directory,
                  "has no tensor %s for expert %d of %d; the others are there"
                      .formatted(anyExpert(name), expert, experts));
            }
          }
          var tensors = found.values().stream().map(Dtypes::weights).toList();
          tensors.forEach(tensor -> requireEqual(tensors.get(0), tensor));
          table.put(place.role(), place.layer(), new StackedTensor(anyExpert(name), tensors));
        });
  }

  private void requireEqual(WeightTensor first, WeightTensor tensor) {
    if (tensor.rows() != first.rows()
        || tensor.columns() != first.columns()
        || !tensor.type().equals(first.type())) {
      throw UserException.in(
          directory,
          "tensor %s is %s of %d x %d, expected %s of %d x %d as %s"
              .formatted(
                  Visible.shortLine(tensor.name()),
                  tensor.type(),
                  tensor.rows(),
                  tensor.columns(),
                  first.type(),
                  first.rows(),
                  first.columns(),
                  Visible.shortLine(first.name())));
    }
  }

  private static String anyExpert(String name) {
    return Visible.shortLine(name.replaceFirst("experts\\.\\d+\\.", "experts.N."));
  }
}
