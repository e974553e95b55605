package io.dipper.tracegen.format;

import java.util.Optional;

/**
 * An opened model: a GGUF file or a Hugging Face directory, its weights mapped and not yet decoded.
 */
public interface ModelFile extends AutoCloseable {
  ModelConfig config();

  /**
   * A tensor by its role.
   *
   * @param layer the decoder layer, or -1 for tensors that belong to none
   * @return empty where the file has no such tensor (a bias, a norm, a head that is tied)
   */
  Optional<WeightTensor> tensor(TensorRole role, int layer);

  /** SHA-256 of the file, or of a directory's weight files in name order, in lower-case hex. */
  String sha256();

  @Override
  void close();
}
