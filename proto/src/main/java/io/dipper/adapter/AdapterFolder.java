package io.dipper.adapter;

import io.dipper.error.UserException;
import io.dipper.error.Visible;
import io.dipper.files.MappedFile;
import io.dipper.predictor.LowRankMap;
import io.dipper.safetensors.FloatTensors;
import io.dipper.safetensors.SafetensorsFile;
import io.dipper.safetensors.StoredTensor;
import io.dipper.trace.FileDigests;
import io.dipper.trace.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder in PEFT's layout: {@code adapter_config.json}, and {@code adapter_model.safetensors}
 * with {@code lora_A} of {@code [r, inputs]} and {@code lora_B} of {@code [outputs, r]} for each
 * adapted module.
 */
public final class AdapterFolder {
  static final String CONFIG = "adapter_config.json";
  static final String TENSORS = "adapter_model.safetensors";
  static final String PREFIX = "base_model.model.";
  static final String MODEL_SHA256 = "model_sha256";

  private static final String INNER = ".lora_A.weight";
  private static final String OUTER = ".lora_B.weight";
  private static final Pattern NAME =
      Pattern.compile(
          Pattern.quote(PREFIX)
              + "(model\\.layers\\.(\\d{1,6})\\.(.+))("
              + Pattern.quote(INNER)
              + "|"
              + Pattern.quote(OUTER)
              + ")");

  private final AdapterConfig config;
  private final SafetensorsFile file;
  private final Path path;

  private AdapterFolder(Path folder) {
    this.config = AdapterConfig.read(folder.resolve(CONFIG));
    this.path = folder.resolve(TENSORS);
    this.file = SafetensorsFile.open(MappedFile.open(path));
  }

  /** The files of an adapter. */
  public static List<Path> files(Path folder) {
    return List.of(folder.resolve(CONFIG), folder.resolve(TENSORS));
  }

  /**
   * Reads an adapter.
   *
   * @throws UserException if the folder holds none, or one of a kind that is not supported
   */
  public static Adapter read(Path folder) {
    requireFiles(folder);
    return new AdapterFolder(folder).read(digest(folder));
  }

  /** A digest of the content of its files, in lower-case hex. */
  public static String digest(Path folder) {
    requireFiles(folder);
    StringBuilder each = new StringBuilder();
    files(folder).forEach(file -> each.append(FileDigests.current().of(file)));
    byte[] bytes = each.toString().getBytes(StandardCharsets.UTF_8);
    return Sha256.of(bytes);
  }

  private static void requireFiles(Path folder) {
    for (Path file : files(folder)) {
      if (!Files.isRegularFile(file)) {
        throw UserException.in(
            folder,
            "holds no "
                + file.getFileName()
                + "; an adapter is a folder with "
                + CONFIG
                + " and "
                + TENSORS);
      }
    }
  }

  private Adapter read(String sha256) {
    List<AdaptedMatrix> matrices = new ArrayList<>();
    for (StoredTensor tensor : file.tensors().values()) {
      Matcher name = NAME.matcher(tensor.name());
      if (!name.matches()) {
        throw unknown(tensor.name());
      }
      String module = name.group(1);
      AdapterTarget target =
          AdapterTarget.ofModule(name.group(3)).orElseThrow(() -> unknown(tensor.name()));
      boolean inner = name.group(4).equals(INNER);
      if (!file.tensors().containsKey(PREFIX + module + (inner ? OUTER : INNER))) {
        throw UserException.in(
            path, "has " + tensor.name() + " without its " + (inner ? "lora_B" : "lora_A"));
      }
      if (inner) {
        matrices.add(matrix(Integer.parseInt(name.group(2)), target));
      }
    }
    if (matrices.isEmpty()) {
      throw UserException.in(path, "has no tensors");
    }
    Map<String, String> metadata = file.metadata();
    return new Adapter(matrices, metadata.getOrDefault(MODEL_SHA256, ""), sha256);
  }

  private AdaptedMatrix matrix(int layer, AdapterTarget target) {
    String module = "model.layers." + layer + "." + target.module();
    StoredTensor inner = tensor(PREFIX + module + INNER);
    StoredTensor outer = tensor(PREFIX + module + OUTER);
    long rank = config.rank(module);
    if (inner.shape().get(0) != rank || outer.shape().get(1) != rank) {
      throw UserException.in(
          path,
          "has %s and %s for %s, expected [%d, inputs] and [outputs, %d], as the configuration says"
              .formatted(inner.shape(), outer.shape(), module, rank, rank));
    }
    int inputs = Math.toIntExact(inner.shape().get(1));
    int outputs = Math.toIntExact(outer.shape().get(0));
    LowRankMap map =
        new LowRankMap(
            inputs,
            (int) rank,
            outputs,
            transposed(FloatTensors.read(inner), (int) rank, inputs),
            transposed(FloatTensors.read(outer), outputs, (int) rank),
            false);
    return new AdaptedMatrix(layer, target, map, config.scale(module));
  }

  private StoredTensor tensor(String name) {
    StoredTensor tensor = file.tensors().get(name);
    if (tensor == null || tensor.shape().size() != 2) {
      throw UserException.in(path, "has no matrix " + name);
    }
    return tensor;
  }

  private UserException unknown(String name) {
    return UserException.in(
        path,
        "has tensor "
            + Visible.shortLine(name)
            + ", expected lora_A or lora_B of a layer's "
            + AdapterTarget.ids());
  }

  /** A matrix of {@code rows x columns} as one of {@code columns x rows}. */
  static float[] transposed(float[] matrix, int rows, int columns) {
    float[] out = new float[matrix.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        out[c * rows + r] = matrix[r * columns + c];
      }
    }
    return out;
  }
}
