package io.dipper.tracegen.format.safetensors;

import io.dipper.error.UserException;
import io.dipper.safetensors.StoredTensor;
import io.dipper.tracegen.format.MappedTensor;
import io.dipper.tracegen.format.WeightTensor;
import io.dipper.tracegen.format.quant.TensorType;
import java.util.List;
import java.util.Map;

/** The element types of safetensors that are weights to us. */
final class Dtypes {
  private static final Map<String, TensorType> WEIGHTS =
      Map.of("F32", TensorType.F32, "F16", TensorType.F16, "BF16", TensorType.BF16);

  private Dtypes() {}

  /**
   * The matrices of a tensor of three dimensions, one upon the other.
   *
   * @throws UserException if its type or its number of dimensions is another
   */
  static WeightTensor stack(StoredTensor tensor) {
    List<Long> shape = tensor.shape();
    long rows = shape.size() == 3 ? shape.get(0) * shape.get(1) : 0;
    if (rows < 1 || rows > Integer.MAX_VALUE) {
      throw UserException.in(
          tensor.file().path(),
          "tensor %s has shape %s, expected a matrix for each expert"
              .formatted(tensor.name(), shape));
    }
    return weights(
        new StoredTensor(
            tensor.name(),
            tensor.dtype(),
            List.of(rows, shape.get(2)),
            tensor.file(),
            tensor.position(),
            tensor.bytes()));
  }

  /**
   * A tensor as weights: a vector is one row.
   *
   * @throws UserException if its type or its number of dimensions is not one of a weight
   */
  static WeightTensor weights(StoredTensor tensor) {
    TensorType type = WEIGHTS.get(tensor.dtype());
    if (type == null) {
      throw UserException.in(
          tensor.file().path(),
          "tensor %s has type %s, which is not supported; supported: F32, F16, BF16"
              .formatted(tensor.name(), tensor.dtype()));
    }
    List<Long> shape = tensor.shape();
    boolean matrix = shape.size() == 2;
    if ((!matrix && shape.size() != 1)
        || shape.stream().anyMatch(d -> d < 1 || d > Integer.MAX_VALUE)) {
      throw UserException.in(
          tensor.file().path(),
          "tensor %s has shape %s, expected a matrix or a vector".formatted(tensor.name(), shape));
    }
    int rows = matrix ? Math.toIntExact(shape.get(0)) : 1;
    int columns = Math.toIntExact(shape.get(matrix ? 1 : 0));
    return new MappedTensor(tensor.name(), type, rows, columns, tensor.file(), tensor.position());
  }
}
