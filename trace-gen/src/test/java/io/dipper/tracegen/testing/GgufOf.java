package io.dipper.tracegen.testing;

import io.dipper.proto.ModelShape;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.format.ModelConfig.Architecture;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.format.RopeScaling;
import io.dipper.tracegen.format.TensorRole;
import io.dipper.tracegen.format.WeightTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes a model as GGUF the way llama.cpp's converter does, in fp32: llama's q and k rows permuted
 * for interleaved RoPE, gemma's norms with their 1 added, Llama 3's RoPE scaling as divisors.
 */
public final class GgufOf {
  private static final Map<TensorRole, String> OUTER =
      Map.of(
          TensorRole.EMBEDDING, "token_embd.weight",
          TensorRole.OUTPUT_NORM, "output_norm.weight",
          TensorRole.OUTPUT, "output.weight");

  private static final Map<TensorRole, String> INNER = new EnumMap<>(TensorRole.class);

  static {
    INNER.put(TensorRole.ATTENTION_NORM, "attn_norm.weight");
    INNER.put(TensorRole.QUERY, "attn_q.weight");
    INNER.put(TensorRole.KEY, "attn_k.weight");
    INNER.put(TensorRole.VALUE, "attn_v.weight");
    INNER.put(TensorRole.QUERY_BIAS, "attn_q.bias");
    INNER.put(TensorRole.KEY_BIAS, "attn_k.bias");
    INNER.put(TensorRole.VALUE_BIAS, "attn_v.bias");
    INNER.put(TensorRole.FUSED_QKV, "attn_qkv.weight");
    INNER.put(TensorRole.ATTENTION_OUTPUT, "attn_output.weight");
    INNER.put(TensorRole.QUERY_NORM, "attn_q_norm.weight");
    INNER.put(TensorRole.KEY_NORM, "attn_k_norm.weight");
    INNER.put(TensorRole.POST_ATTENTION_NORM, "post_attention_norm.weight");
    INNER.put(TensorRole.MLP_NORM, "ffn_norm.weight");
    INNER.put(TensorRole.GATE, "ffn_gate.weight");
    INNER.put(TensorRole.UP, "ffn_up.weight");
    INNER.put(TensorRole.FUSED_GATE_UP, "ffn_up.weight");
    INNER.put(TensorRole.DOWN, "ffn_down.weight");
    INNER.put(TensorRole.POST_MLP_NORM, "post_ffw_norm.weight");
  }

  private final ModelFile model;
  private final ModelConfig config;
  private final GgufWriter writer = new GgufWriter();

  private GgufOf(ModelFile model) {
    this.model = model;
    this.config = model.config();
  }

  /** Writes a model that was opened from a Hugging Face directory. */
  public static void write(ModelFile model, Path file) throws IOException {
    write(model, file, writer -> {});
  }

  /** As {@link #write(ModelFile, Path)}, with more metadata or tensors. */
  public static void write(ModelFile model, Path file, Consumer<GgufWriter> more)
      throws IOException {
    var converted = new GgufOf(model);
    more.accept(converted.writer);
    Files.write(file, converted.bytes());
  }

  private byte[] bytes() {
    metadata(config.architecture().name().toLowerCase(Locale.ROOT));
    OUTER.forEach((role, name) -> copy(role, -1, name));
    for (int layer = 0; layer < config.shape().getLayers(); layer++) {
      for (var entry : INNER.entrySet()) {
        copy(entry.getKey(), layer, "blk." + layer + "." + entry.getValue());
      }
    }
    if (config.attention().rope().scaling() instanceof RopeScaling.Llama3 scaling) {
      float[] divisors = divisors(scaling);
      writer.floats("rope_freqs.weight", divisors, divisors.length);
    }
    return writer.bytes();
  }

  private void metadata(String architecture) {
    ModelShape shape = config.shape();
    String prefix = architecture + ".";
    writer
        .text("general.architecture", architecture)
        .text("general.name", shape.getName())
        .uint32("general.file_type", 0)
        .uint32(prefix + "context_length", config.contextLength())
        .uint32(prefix + "embedding_length", shape.getHiddenSize())
        .uint32(prefix + "block_count", shape.getLayers())
        .uint32(prefix + "feed_forward_length", shape.getIntermediateSize())
        .uint32(prefix + "attention.head_count", shape.getHeads())
        .uint32(prefix + "attention.head_count_kv", shape.getKvHeads())
        .uint32(prefix + "attention.key_length", shape.getHeadDim())
        .uint32(prefix + "attention.value_length", shape.getHeadDim())
        .uint32(prefix + "rope.dimension_count", config.attention().rope().dimensions())
        .float32(prefix + "rope.freq_base", (float) config.attention().rope().theta())
        .float32(prefix + "attention.layer_norm_rms_epsilon", config.norm().epsilon());
    boolean llama = config.architecture() == Architecture.LLAMA;
    if (config.attention().windows().length() > 0 && !llama) {
      writer.uint32(prefix + "attention.sliding_window", config.attention().windows().length());
    }
    if (config.architecture() == Architecture.GEMMA3) {
      int firstFull = config.attention().windows().local().indexOf(false);
      writer.uint32(prefix + "attention.sliding_window_pattern", firstFull + 1);
    }
  }

  private void copy(TensorRole role, int layer, String name) {
    WeightTensor tensor = model.tensor(role, layer).orElse(null);
    if (tensor == null) {
      return;
    }
    float[] values = new float[tensor.rows() * tensor.columns()];
    tensor.decode(0, tensor.rows(), values, 0);
    boolean rotated = List.of(TensorRole.QUERY, TensorRole.KEY).contains(role);
    if (rotated && config.architecture() == Architecture.LLAMA) {
      values = interleaved(values, tensor.columns(), config.shape().getHeadDim());
    }
    if (role.name().endsWith("_NORM")) {
      for (int i = 0; i < values.length; i++) {
        values[i] += config.norm().offset();
      }
    }
    if (tensor.rows() == 1) {
      writer.floats(name, values, values.length);
    } else {
      writer.floats(name, values, tensor.columns(), tensor.rows());
    }
  }

  /** Row i of a head's first half goes to row 2i, row i of its second half to row 2i + 1. */
  public static float[] interleaved(float[] halves, int columns, int headDim) {
    float[] out = new float[halves.length];
    for (int row = 0; row < halves.length / columns; row++) {
      int head = row / headDim * headDim;
      int inHead = row % headDim;
      int to = head + (inHead < headDim / 2 ? 2 * inHead : 2 * (inHead - headDim / 2) + 1);
      System.arraycopy(halves, row * columns, out, to * columns, columns);
    }
    return out;
  }

  /** How much slower than unscaled each pair turns, as Llama 3.1 defines it. */
  private float[] divisors(RopeScaling.Llama3 scaling) {
    int dimensions = config.attention().rope().dimensions();
    float[] divisors = new float[dimensions / 2];
    for (int i = 0; i < divisors.length; i++) {
      double wavelength =
          2 * Math.PI * Math.pow(config.attention().rope().theta(), 2.0 * i / dimensions);
      double turns = scaling.originalContext() / wavelength;
      double share =
          (turns - scaling.lowFrequencyFactor())
              / (scaling.highFrequencyFactor() - scaling.lowFrequencyFactor());
      double kept = Math.min(1, Math.max(0, share));
      divisors[i] = (float) (1 / ((1 - kept) / scaling.factor() + kept));
    }
    return divisors;
  }
}
