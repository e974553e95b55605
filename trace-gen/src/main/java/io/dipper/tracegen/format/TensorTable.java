package io.dipper.tracegen.format;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The tensors of a model by role and layer. */
public final class TensorTable {
  private final Map<Key, WeightTensor> tensors = new HashMap<>();

  private record Key(TensorRole role, int layer) {}

  /**
   * Adds a tensor.
   *
   * @return the tensor that had this place before, if any: a file that names two is broken
   */
  public Optional<WeightTensor> put(TensorRole role, int layer, WeightTensor tensor) {
    return Optional.ofNullable(tensors.put(new Key(role, layer), tensor));
  }

  /** The tensor in a place; layer -1 for those that belong to none. */
  public Optional<WeightTensor> get(TensorRole role, int layer) {
    return Optional.ofNullable(tensors.get(new Key(role, layer)));
  }
}
