package io.dipper.hwsim.profile.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.config.YamlDocument;
import io.dipper.config.YamlMapping;
import io.dipper.error.UserException;
import io.dipper.proto.ModelShape;
import io.dipper.trace.RoutedLayers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelShapesTest {
  /** As published; norms and biases, which no shape counts, are below 0.02 per cent of each. */
  @ParameterizedTest
  @CsvSource({
    "llama-2-7b, 6738415616",
    "llama-2-13b, 13015864320",
    "llama-3-8b, 8030261248",
    "llama-3.2-1b, 1235814400",
    "llama-3.2-3b, 3212749824",
    "tinyllama-1.1b, 1100048384",
    "mistral-7b, 7241732096",
    "phi-3-mini, 3821079552",
    "phi-3-medium, 13960238080",
    "qwen2.5-0.5b, 494032768",
    "qwen2.5-1.5b, 1543714304",
    "qwen2.5-3b, 3085938688",
    "qwen2.5-7b, 7615616512",
    "gemma-2-2b, 2614341888",
    "gemma-3-1b, 999885952",
    "gemma-3-4b, 3880099328",
    "smollm2-135m, 134515008",
    "smollm2-360m, 361821120",
    "smollm2-1.7b, 1711376384",
    "mixtral-8x7b, 46702792704",
    "olmoe-7b, 6919161856",
    "qwen3-30b-a3b, 30532122624",
    "qwen3-235b-a22b, 235093634560",
    "deepseek-v2-lite, 15706484224",
    "bookworm-moe, 8475072",
    "llama-3-70b, 70553706496",
    "llama-2-70b, 68976648192",
    "qwen2-72b, 72706203648",
    "qwen2.5-14b, 14770033664",
    "qwen3-0.6b, 596049920",
    "qwen3-1.7b, 1720574976",
    "qwen3-8b, 8190735360",
    "qwen3-14b, 14768307200",
    "qwen3-32b, 32762123264",
    "phi-4, 14659507200",
    "codestral-22b, 22247282688",
    "mistral-nemo, 12247782400",
    "mistral-small, 23572403200",
    "yi-1.5-34b, 34388917248",
  })
  void aShape_hasAsManyWeightsAsThePublishedModel(String name, long parameters) {
    NamedShape shape = ModelShapes.find(name);
    assertThat(shape.parameters())
        .isLessThanOrEqualTo(parameters)
        .isCloseTo(parameters, Percentage.withPercentage(0.03));
  }

  /** Biases, of which no shape counts any, are in each of their experts. */
  @ParameterizedTest
  @CsvSource({"gpt-oss-20b, 20914757184", "gpt-oss-120b, 116829156672"})
  void aShapeOfExpertsWithBiases_hasNearlyAsManyWeights(String name, long parameters) {
    assertThat(ModelShapes.find(name).parameters())
        .isLessThan(parameters)
        .isCloseTo(parameters, Percentage.withPercentage(0.05));
  }

  @Test
  void leadingLayersWithoutExperts_areSaidByLayer() {
    ModelShape shape = ModelShapes.find("deepseek-v2-lite").shape();
    assertThat(RoutedLayers.count(shape)).isEqualTo(26);
    assertThat(RoutedLayers.isRouted(shape, 0)).isFalse();
    assertThat(RoutedLayers.isRouted(shape, 1)).isTrue();
  }

  @Test
  void everyShape_isNamedOnce_andSaysWhereItIsFrom() {
    List<String> names = ModelShapes.all().stream().map(NamedShape::name).toList();
    assertThat(new HashSet<>(names)).hasSameSizeAs(names).hasSizeGreaterThan(17);
    assertThat(ModelShapes.all()).allSatisfy(s -> assertThat(s.source()).isNotBlank());
  }

  @Test
  void aUsersFile_isAShapeOfItsName(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("mine.yaml");
    String keys =
        "hidden_size: 4096\nintermediate_size: 14336\nlayers: 32\nheads: 32\nkv_heads: 8\n"
            + "head_dim: 128\nvocabulary_size: 128256\ntied: false\nactivation: swiglu\n";
    Files.writeString(file, keys + "source: its config.json\n");
    NamedShape mine = ModelShapes.read(file);
    assertThat(mine.name()).isEqualTo("mine");
    assertThat(mine.parameters()).isEqualTo(ModelShapes.find("llama-3-8b").parameters());
    assertThat(ModelShapes.isFile(file.toString())).isTrue();
    assertThat(ModelShapes.isFile("llama-3.2-1b")).isFalse();
    Files.writeString(file, keys.replace("layers", "layer"));
    assertThatThrownBy(() -> ModelShapes.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(file + ":3:1: unknown key 'layer'; did you mean 'layers'?");
    assertThatThrownBy(() -> ModelShapes.read(folder.resolve("none.yaml")))
        .hasMessageContaining("there is no such file");
  }

  @Test
  void anUnknownShape_getsTheNearestName() {
    assertThatThrownBy(() -> ModelShapes.find("lama-2-7b"))
        .isInstanceOf(UserException.class)
        .hasMessage("unknown shape 'lama-2-7b'; did you mean 'llama-2-7b'? (dipper models shapes)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hiden_size: 8 | unknown key 'hiden_size'; did you mean 'hidden_size'?
          hidden_size: 0 | hidden_size must be at least 1
          hidden_size: many | found 'many'
          kv_heads: 3 | heads must be a multiple of kv_heads
          tied: maybe | found 'maybe'; expected true or false
          activation: relu | valid are swiglu, geglu
          sliding_window: 0 | sliding_window must be at least 1
          full_attention_every: 6 | full_attention_every takes a sliding_window
          """)
  void theFile_isReadStrictly(String line, String message) {
    String key = line.substring(0, line.indexOf(':'));
    List<String> good =
        List.of(
            "hidden_size: 64",
            "intermediate_size: 128",
            "layers: 2",
            "heads: 4",
            "kv_heads: 2",
            "head_dim: 16",
            "vocabulary_size: 100",
            "tied: true",
            "activation: swiglu",
            "source: here");
    StringBuilder yaml = new StringBuilder("tiny:\n");
    good.stream()
        .filter(other -> !other.startsWith(key + ":"))
        .forEach(other -> yaml.append("  ").append(other).append('\n'));
    assertThatThrownBy(() -> ModelShapes.read(mapping(yaml + "  " + line + "\n")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
    assertThatThrownBy(() -> ModelShapes.read(mapping("tiny:\n  hidden_size: 64\n")))
        .hasMessageContaining("the key 'intermediate_size' is missing");
  }

  private static YamlMapping mapping(String yaml) {
    return YamlDocument.parse("shapes.yaml", yaml).asMapping("shapes");
  }
}
