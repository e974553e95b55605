package io.dipper.tracegen.format;

import io.dipper.files.MappedFile;
import io.dipper.proto.ModelShape;
import io.dipper.trace.FileDigests;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model whose tensors lie in mapped files.
 *
 * <p>Its digest takes a pass over all bytes, so it is computed when it is first asked for.
 */
public final class MappedModel implements ModelFile {
  private final ModelConfig undigested;
  private final TensorTable tensors;
  private final List<MappedFile> files;
  private @Nullable ModelConfig config;

  /**
   * A model from its parts, which it checks.
   *
   * @param source named in errors
   * @param config with a shape that yet lacks the file digest and the bits per weight
   * @param files the weight files, in name order
   * @throws io.dipper.error.UserException if a tensor is missing or of the wrong shape
   */
  public MappedModel(Path source, ModelConfig config, TensorTable tensors, List<MappedFile> files) {
    ModelShape shape = config.shape();
    TensorShapes.check(source, config.architecture(), shape, tensors);
    this.undigested =
        config.withShape(
            shape.toBuilder()
                .setWeightBits(StoredBits.of(tensors, shape.getLayers()))
                .addAllStorage(ExpertStorage.of(tensors, shape))
                .build());
    this.tensors = tensors;
    this.files = List.copyOf(files);
  }

  @Override
  public synchronized ModelConfig config() {
    if (config == null) {
      ModelShape shape = undigested.shape().toBuilder().setSha256(digest()).build();
      config = undigested.withShape(shape);
    }
    return config;
  }

  private String digest() {
    return FileDigests.current()
        .of(files.stream().map(MappedFile::path).toList(), () -> MappedDigest.of(files));
  }

  /** The model's configuration without the digest of its files, and therefore at once. */
  public ModelConfig undigestedConfig() {
    return undigested;
  }

  @Override
  public Optional<WeightTensor> tensor(TensorRole role, int layer) {
    return tensors.get(role, layer);
  }

  @Override
  public String sha256() {
    return config().shape().getSha256();
  }

  /** Nothing to do: the mappings end when nobody refers to them any more. */
  @Override
  public void close() {}
}
