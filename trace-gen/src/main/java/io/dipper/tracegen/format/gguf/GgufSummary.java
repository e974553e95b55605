package io.dipper.tracegen.format.gguf;

import io.dipper.error.UserException;
import io.dipper.error.Visible;
import io.dipper.files.MappedFile;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.format.ModelSummary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Describes a GGUF file, whether or not it holds a model that we can run. */
public final class GgufSummary {
  private GgufSummary() {}

  /**
   * The header, and the configuration where the file is a model that we can run. Of a model in
   * parts, those of all if they are there, else those of the given one.
   *
   * @throws UserException if the file is damaged, or of a version that is not supported
   */
  public static ModelSummary of(MappedFile mapped) {
    GgufFile file = GgufFile.openAlone(mapped);
    Optional<ModelConfig> config = Optional.empty();
    String note = "";
    try {
      file = GgufParts.complete(file);
      config = Optional.of(GgufModel.open(file).undigestedConfig());
    } catch (UserException e) {
      note = String.valueOf(e.getMessage());
    }
    int files = file.files().size();
    return new ModelSummary(
        file.encoding() + (files == 1 ? "" : " in " + files + " files"),
        file.metadata().entries().entrySet().stream().map(GgufSummary::entry).toList(),
        file.tensors().stream().map(GgufSummary::tensor).toList(),
        config,
        note);
  }

  private static ModelSummary.Entry entry(Map.Entry<String, GgufValue> entry) {
    GgufValue value = entry.getValue();
    return new ModelSummary.Entry(entry.getKey(), type(value), Visible.shortLine(value.toString()));
  }

  private static String type(GgufValue value) {
    String element = "";
    if (value instanceof GgufValue.Wholes wholes) {
      element = " of " + wholes.elementType() + " x " + wholes.values().length;
    } else if (value instanceof GgufValue.Fractions fractions) {
      element = " of " + fractions.elementType() + " x " + fractions.values().length;
    } else if (value instanceof GgufValue.Texts texts) {
      element = " of " + GgufType.STRING + " x " + texts.values().size();
    } else if (value instanceof GgufValue.Nested nested) {
      element = " of " + GgufType.ARRAY + " x " + nested.values().size();
    }
    return value.type() + element;
  }

  private static ModelSummary.TensorEntry tensor(GgufTensor tensor) {
    List<Long> shape = new ArrayList<>(tensor.dimensions());
    Collections.reverse(shape);
    return new ModelSummary.TensorEntry(
        tensor.name(), tensor.type().name(), List.copyOf(shape), tensor.storedBytes());
  }
}
