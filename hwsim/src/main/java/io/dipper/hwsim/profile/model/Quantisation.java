package io.dipper.hwsim.profile.model;

import io.dipper.proto.ModelShape;
import io.dipper.proto.RowBlocks;
import io.dipper.proto.WeightBits;
import io.dipper.weight.WeightType;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a file stores a model: the types of each kind of tensor, with their shares of the layers.
 *
 * @param name as files are named, e.g. {@code q4_k_m}
 * @param about in words
 */
public record Quantisation(
    String name, String about, Map<TensorKind, Map<WeightType, Double>> types) {
  /** What no file stores, the KV cache and a predictor, counts as fp16. */
  private static final double FP16 = 16;

  public Quantisation {
    types = new EnumMap<>(types);
  }

  /**
   * Bits per weight of each kind of layer, in a model of some shape: how many heads share their
   * values, and whether rows are whole blocks, depends on it.
   *
   * @param tied whether the embedding is the head
   */
  public WeightBits bits(ModelShape shape, boolean tied) {
    int hidden = shape.getHiddenSize();
    double mlp = (2 * bits(TensorKind.GATE_UP, hidden) + bits(TensorKind.DOWN, units(shape))) / 3;
    double head = bits(TensorKind.HEAD, hidden);
    return WeightBits.newBuilder()
        .setMlp(mlp)
        .setAttention(attention(shape))
        .setHead(head)
        .setEmbedding(tied ? head : bits(TensorKind.EMBEDDING, hidden))
        .setKvCache(FP16)
        .setPredictor(FP16)
        .build();
  }

  /**
   * The bytes that an expert's three matrices take: several numbers where layers differ, ascending.
   */
  public List<Long> expertBytes(ModelShape shape) {
    long weights = (long) shape.getHiddenSize() * shape.getExpertIntermediateSize();
    var sizes = new TreeSet<Long>();
    for (WeightType gateUp : stored(TensorKind.GATE_UP, shape.getHiddenSize())) {
      for (WeightType down : stored(TensorKind.DOWN, units(shape))) {
        sizes.add(2 * gateUp.bytes(weights) + down.bytes(weights));
      }
    }
    return List.copyOf(sizes);
  }

  /** The blocks of rows of a model's MLP; where layers differ, the longest. */
  public RowBlocks rowBlocks(ModelShape shape) {
    return RowBlocks.newBuilder()
        .setGateUp(block(TensorKind.GATE_UP, shape.getHiddenSize()))
        .setDown(block(TensorKind.DOWN, units(shape)))
        .build();
  }

  /** The types of a model's tensors, those of its MLP first. */
  public Set<WeightType> types(ModelShape shape) {
    int hidden = shape.getHiddenSize();
    Set<WeightType> all = new LinkedHashSet<>(stored(TensorKind.GATE_UP, hidden));
    all.addAll(stored(TensorKind.DOWN, units(shape)));
    all.addAll(stored(TensorKind.QUERY_KEY, hidden));
    all.addAll(stored(TensorKind.VALUE, hidden));
    all.addAll(stored(TensorKind.ATTENTION_OUTPUT, shape.getHeads() * shape.getHeadDim()));
    all.addAll(stored(TensorKind.HEAD, hidden));
    all.addAll(stored(TensorKind.EMBEDDING, hidden));
    return all;
  }

  private int block(TensorKind kind, int rowWeights) {
    return stored(kind, rowWeights).stream().mapToInt(WeightType::blockWeights).max().orElseThrow();
  }

  private List<WeightType> stored(TensorKind kind, int rowWeights) {
    return types.getOrDefault(kind, Map.of()).keySet().stream()
        .map(type -> type.forRows(rowWeights))
        .toList();
  }

  /** The weights of a row of {@code W_down}: of an expert where the model has some. */
  private static int units(ModelShape shape) {
    return shape.getExperts() > 0 ? shape.getExpertIntermediateSize() : shape.getIntermediateSize();
  }

  /** The mean over the query, key, value and output matrices. */
  private double attention(ModelShape shape) {
    double queries = shape.getHeads();
    double keys = shape.getKvHeads();
    int hidden = shape.getHiddenSize();
    double sum =
        (queries + keys) * bits(TensorKind.QUERY_KEY, hidden)
            + keys * bits(TensorKind.VALUE, hidden)
            + queries * bits(TensorKind.ATTENTION_OUTPUT, shape.getHeads() * shape.getHeadDim());
    return sum / (2 * queries + 2 * keys);
  }

  /** The mean over layers of a kind whose rows have so many weights. */
  private double bits(TensorKind kind, int rowWeights) {
    double sum = 0;
    for (Map.Entry<WeightType, Double> type : types.getOrDefault(kind, Map.of()).entrySet()) {
      sum += type.getValue() * type.getKey().forRows(rowWeights).bits();
    }
    return sum;
  }
}
