package io.dipper.adapter;

import io.dipper.error.UserException;
import io.dipper.proto.ModelShape;
import java.nio.file.Path;
import java.util.List;

/**
 * A LoRA adapter: low-rank maps beside matrices of a model.
 *
 * @param matrices at most one for each layer and target
 * @param modelSha256 of the model that it was trained on; empty where it does not say
 * @param sha256 of its content; empty for one that was not read from a folder
 */
public record Adapter(List<AdaptedMatrix> matrices, String modelSha256, String sha256) {
  public Adapter {
    matrices = List.copyOf(matrices);
  }

  /**
   * Checks that it belongs to a model.
   *
   * @param folder that it was read from, for messages
   * @throws UserException if the model has no such matrix, or if the adapter was trained on another
   */
  public void check(Path folder, ModelShape shape) {
    for (AdaptedMatrix matrix : matrices) {
      if (matrix.layer() >= shape.getLayers() || !matrix.target().isIn(shape, matrix.layer())) {
        throw UserException.in(
            folder,
            "adapts %s, which %s of %d layers%s does not have"
                .formatted(
                    matrix.module(),
                    shape.getName(),
                    shape.getLayers(),
                    shape.getExperts() > 0 ? " with experts" : ""));
      }
      int inputs = matrix.target().inputs(shape);
      int outputs = matrix.target().outputs(shape);
      if (matrix.map().inputs() != inputs || matrix.map().units() != outputs) {
        throw UserException.in(
            folder,
            "adapts %s of %d inputs and %d outputs, and that of %s has %d and %d"
                .formatted(
                    matrix.module(),
                    matrix.map().inputs(),
                    matrix.map().units(),
                    shape.getName(),
                    inputs,
                    outputs));
      }
    }
    boolean known = !shape.getSha256().isEmpty() && !modelSha256.isEmpty();
    if (known && !shape.getSha256().equals(modelSha256)) {
      throw UserException.in(
          folder,
          "was trained on another model than %s (SHA-256 %.12s..., not %.12s...)"
              .formatted(shape.getName(), modelSha256, shape.getSha256()));
    }
  }
}
