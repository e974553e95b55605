package io.dipper.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dipper.files.AtomicFile;
import io.dipper.files.CannotWrite;
import io.dipper.files.OutputFile;
import io.dipper.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes an adapter in PEFT's layout, F32, so that equal adapters make equal bytes. All matrices
 * have one rank and one scale.
 */
public final class AdapterWriter {
  private AdapterWriter() {}

  /**
   * Writes both files into a folder, which is made where it is missing.
   *
   * @param baseModel what the configuration names as the model
   * @throws io.dipper.error.UserException if they cannot be written
   */
  public static void write(Adapter adapter, String baseModel, Path folder) {
    try {
      Files.createDirectories(folder);
      try (OutputFile out = OutputFile.result(folder.resolve(AdapterFolder.TENSORS))) {
        tensors(adapter).write(out);
        out.commit();
      }
    } catch (IOException e) {
      throw CannotWrite.error(folder, e);
    }
    String config = config(adapter, baseModel);
    AtomicFile.write(
        folder.resolve(AdapterFolder.CONFIG),
        out -> out.write(config.getBytes(StandardCharsets.UTF_8)));
  }

  private static SafetensorsWriter tensors(Adapter adapter) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt");
    metadata.put(AdapterFolder.MODEL_SHA256, adapter.modelSha256());
    SafetensorsWriter writer = new SafetensorsWriter(metadata);
    for (AdaptedMatrix matrix : adapter.matrices()) {
      var map = matrix.map();
      String module = AdapterFolder.PREFIX + matrix.module();
      writer.add(
          module + ".lora_A.weight",
          map.rank(),
          map.inputs(),
          AdapterFolder.transposed(map.inner(), map.inputs(), map.rank()));
      writer.add(
          module + ".lora_B.weight",
          map.units(),
          map.rank(),
          AdapterFolder.transposed(map.outer(), map.rank(), map.units()));
    }
    return writer;
  }

  private static String config(Adapter adapter, String baseModel) {
    ObjectMapper json = new ObjectMapper();
    AdaptedMatrix first = adapter.matrices().get(0);
    ObjectNode root = json.createObjectNode();
    root.put("base_model_name_or_path", baseModel);
    root.put("bias", "none");
    root.put("fan_in_fan_out", false);
    root.put("inference_mode", true);
    root.put("lora_alpha", first.scale() * first.map().rank());
    root.put("lora_dropout", 0.0);
    root.put("peft_type", "LORA");
    root.put("r", first.map().rank());
    ArrayNode modules = root.putArray("target_modules");
    adapter.matrices().stream()
        .map(matrix -> matrix.target().id())
        .distinct()
        .sorted()
        .forEach(modules::add);
    root.put("task_type", "CAUSAL_LM");
    try {
      return json.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
