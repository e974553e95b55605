package io.dipper.tracegen.learn;

import io.dipper.error.UserException;
import io.dipper.files.CannotWrite;
import io.dipper.files.FileKind;
import io.dipper.files.MappedFile;
import io.dipper.files.OutputFile;
import io.dipper.safetensors.FloatTensors;
import io.dipper.safetensors.SafetensorsFile;
import io.dipper.safetensors.SafetensorsWriter;
import io.dipper.safetensors.StoredTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A training of an adapter under way, as a file: all that the rest of it depends on, so that a run
 * that was killed ends with the bytes of one that was not.
 *
 * @param file where it lies
 * @param identity a digest of all that the result depends on
 */
public record AdapterCheckpoint(Path file, String identity) {
  private static final String FORMAT = "dipper-adapter-training-1";

  private static final FileKind KIND =
      FileKind.ofText("a checkpoint of an adapter's training", start -> start.contains(FORMAT));

  private static final String IDENTITY = "identity";
  private static final String STEP = "step";
  private static final String WAITED = "waited";
  private static final String BEST_LOSS = "best_loss";
  private static final String UNTRAINED_LOSS = "untrained_loss";

  /**
   * How far a training is.
   *
   * @param step that is next
   * @param waited looks at held-out blocks since the best
   * @param bestLoss on held-out blocks
   * @param untrainedLoss on them before the first step
   */
  record Progressed(int step, int waited, double bestLoss, double untrainedLoss) {}

  /** Whether there is one, of whatever training. */
  public boolean exists() {
    return Files.exists(file);
  }

  /** Writes the state of a training, in one step. */
  void write(Progressed progressed, Map<String, INDArray> state) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", FORMAT);
    metadata.put(IDENTITY, identity);
    metadata.put(STEP, Integer.toString(progressed.step()));
    metadata.put(WAITED, Integer.toString(progressed.waited()));
    metadata.put(BEST_LOSS, Double.toString(progressed.bestLoss()));
    metadata.put(UNTRAINED_LOSS, Double.toString(progressed.untrainedLoss()));
    SafetensorsWriter writer = new SafetensorsWriter(metadata);
    state.forEach(
        (name, matrix) ->
            writer.add(name, matrix.rows(), matrix.columns(), matrix.dup('c').data().asFloat()));
    try (OutputFile out = OutputFile.result(file, OutputFile.Existing.REPLACED, KIND)) {
      writer.write(out);
      out.commit();
    } catch (IOException e) {
      throw CannotWrite.error(file, e);
    }
  }

  /**
   * Fills in the state of a training.
   *
   * @throws UserException if the file is of a training with other data or options
   */
  Progressed read(Map<String, INDArray> state) {
    SafetensorsFile stored = SafetensorsFile.open(MappedFile.open(file));
    Map<String, String> metadata = stored.metadata();
    if (!identity.equals(metadata.get(IDENTITY))) {
      throw UserException.in(
          file,
          "is of a training with another model, text, policy or options; give those, or remove it");
    }
    state.forEach((name, matrix) -> fill(stored, name, matrix));
    try {
      return new Progressed(
          Integer.parseInt(metadata.getOrDefault(STEP, "")),
          Integer.parseInt(metadata.getOrDefault(WAITED, "")),
          Double.parseDouble(metadata.getOrDefault(BEST_LOSS, "")),
          Double.parseDouble(metadata.getOrDefault(UNTRAINED_LOSS, "")));
    } catch (NumberFormatException e) {
      throw damaged();
    }
  }

  private void fill(SafetensorsFile stored, String name, INDArray matrix) {
    StoredTensor tensor = stored.tensors().get(name);
    if (tensor == null || tensor.bytes() != matrix.length() * Float.BYTES) {
      throw damaged();
    }
    float[] values = FloatTensors.read(tensor);
    matrix.assign(Nd4j.createFromArray(values).reshape('c', matrix.rows(), matrix.columns()));
  }

  private UserException damaged() {
    return UserException.in(file, "is no whole checkpoint; remove it");
  }

  /** Removes the file. */
  public void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // What is left takes room, and harms nothing: its name says what it is.
    }
  }
}
