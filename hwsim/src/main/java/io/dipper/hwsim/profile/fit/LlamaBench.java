package io.dipper.hwsim.profile.fit;

import com.fasterxml.jackson.databind.JsonNode;
import io.dipper.error.UserException;
import io.dipper.hwsim.profile.model.ModelShapes;
import io.dipper.hwsim.profile.model.NamedShape;
import io.dipper.hwsim.profile.model.Quantisation;
import io.dipper.hwsim.profile.model.Quantisations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decode speeds that {@code llama-bench -o json} wrote: its tests that generate and have no prompt.
 * Model and quantisation are told by the name of the model's file, and the number of weights has to
 * agree.
 */
final class LlamaBench {
  private static final double NEAR = 0.05;

  private final Path file;

  private LlamaBench(Path file) {
    this.file = file;
  }

  static List<DecodeTable.Entry> read(Path file) {
    return new LlamaBench(file).entries();
  }

  private List<DecodeTable.Entry> entries() {
    List<DecodeTable.Entry> entries = new ArrayList<>();
    JsonNode root = ToolOutput.read(file);
    if (!root.isArray()) {
      throw new UserException(file + ": it is no list of tests; run llama-bench with -o json");
    }
    for (JsonNode test : root) {
      if (test.path("n_gen").asInt() > 0 && test.path("n_prompt").asInt() == 0) {
        entries.add(entry(test));
      }
    }
    if (entries.isEmpty()) {
      throw new UserException(
          file + ": no test generates without a prompt; run llama-bench with -p 0 -n 128");
    }
    return entries;
  }

  private DecodeTable.Entry entry(JsonNode test) {
    String model = test.path("model_filename").asText();
    double speed = test.path("avg_ts").asDouble();
    if (model.isEmpty() || !(speed > 0)) {
      throw new UserException(file + ": a test has no model_filename or no avg_ts");
    }
    String name =
        plain(model.substring(Math.max(model.lastIndexOf('/'), model.lastIndexOf('\\')) + 1));
    NamedShape shape =
        longest(
                ModelShapes.all().stream().filter(s -> name.contains(plain(s.name()))).toList(),
                NamedShape::name)
            .orElseThrow(() -> unknown(model, "shape (dipper models shapes)"));
    Quantisation quantisation =
        longest(
                Quantisations.all().stream().filter(q -> name.contains(plain(q.name()))).toList(),
                Quantisation::name)
            .orElseThrow(() -> unknown(model, "quantisation (dipper models quants)"));
    checkSize(model, shape, test.path("model_n_params").asDouble());
    double positions = test.path("n_depth").asDouble() + test.path("n_gen").asDouble() / 2;
    boolean cpu = List.of("CPU", "BLAS").contains(test.path("backends").asText());
    String device = test.path(cpu ? "cpu_info" : "gpu_info").asText().strip();
    return new DecodeTable.Entry(
        device,
        "llama.cpp, " + (cpu ? "CPU" : "GPU"),
        test.path("build_commit").asText(),
        "",
        false,
        new DecodeRow(shape, quantisation, positions, speed, false));
  }

  private void checkSize(String model, NamedShape shape, double weights) {
    if (weights > 0 && Math.abs(weights - shape.parameters()) > NEAR * shape.parameters()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s: %s has %.3g weights, and %s, which its name tells, %.3g; give a CSV with the shape",
              file,
              model,
              weights,
              shape.name(),
              (double) shape.parameters()));
    }
  }

  private UserException unknown(String model, String what) {
    return new UserException(
        file + ": the name " + model + " tells no known " + what + "; give a CSV with it");
  }

  private static <T> Optional<T> longest(List<T> found, Function<T, String> name) {
    return found.stream().max(Comparator.comparingInt(each -> name.apply(each).length()));
  }

  /** Letters and digits alone. */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
