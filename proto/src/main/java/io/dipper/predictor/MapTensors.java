package io.dipper.predictor;

import io.dipper.error.UserException;
import io.dipper.safetensors.FloatTensors;
import io.dipper.safetensors.SafetensorsFile;
import io.dipper.safetensors.SafetensorsWriter;
import io.dipper.safetensors.StoredTensor;

/**
 * A {@link LowRankMap} as two tensors of a safetensors file, whose names begin alike.
 *
 * @param inner A, of {@code [inputs, rank]}
 * @param outer B, of {@code [rank, units]}
 */
public record MapTensors(StoredTensor inner, StoredTensor outer) {
  private static final String INNER = "inner";
  private static final String OUTER = "outer";

  /** Adds a map's matrices to what will be written. */
  public static void add(SafetensorsWriter writer, String prefix, LowRankMap map) {
    writer.add(prefix + INNER, map.inputs(), map.rank(), map.inner());
    writer.add(prefix + OUTER, map.rank(), map.units(), map.outer());
  }

  /** Whether a file has a tensor that would be the first matrix of such a map. */
  public static boolean begins(SafetensorsFile file, String prefix) {
    return file.tensors().containsKey(prefix + INNER);
  }

  /**
   * Finds both tensors.
   *
   * @throws UserException if one is missing, or is no matrix
   */
  public static MapTensors find(SafetensorsFile file, String prefix) {
    return new MapTensors(matrix(file, prefix + INNER), matrix(file, prefix + OUTER));
  }

  /** Whether the two have one rank. */
  public boolean fit() {
    return inner.shape().get(1).equals(outer.shape().get(0));
  }

  /** Whether another map's matrices have the shapes of these. */
  boolean hasShapesOf(MapTensors other) {
    return inner.shape().equals(other.inner.shape()) && outer.shape().equals(other.outer.shape());
  }

  /**
   * Reads their values; they must {@link #fit}.
   *
   * @throws UserException if a value is no finite number
   */
  public LowRankMap read(boolean rectified) {
    return new LowRankMap(
        Math.toIntExact(inner.shape().get(0)),
        Math.toIntExact(inner.shape().get(1)),
        Math.toIntExact(outer.shape().get(1)),
        FloatTensors.read(inner),
        FloatTensors.read(outer),
        rectified);
  }

  private static StoredTensor matrix(SafetensorsFile file, String name) {
    StoredTensor tensor = file.tensors().get(name);
    if (tensor == null || tensor.shape().size() != 2) {
      throw UserException.in(file.file().path(), "has no matrix " + name);
    }
    return tensor;
  }
}
