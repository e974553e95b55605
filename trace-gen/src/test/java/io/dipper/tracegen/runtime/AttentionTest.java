package io.dipper.tracegen.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.proto.ModelShape;
import io.dipper.tracegen.format.Activation;
import io.dipper.tracegen.format.AttentionConfig;
import io.dipper.tracegen.format.AttentionWindows;
import io.dipper.tracegen.format.LayerConfig;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.format.ModelConfig.Architecture;
import io.dipper.tracegen.format.Norm;
import io.dipper.tracegen.format.Rope;
import io.dipper.tracegen.format.RopeScaling;
import io.dipper.tracegen.format.TokenConfig;
import io.dipper.tracegen.runtime.LayerWeights.AttentionWeights;
import io.dipper.tracegen.runtime.LayerWeights.HeadNorms;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attention in tiles and chunks is the definition, head by head and token by token, in double. */
class AttentionTest {
  private static final int WIDTH = 24;
  private static final int HEADS = 6;
  private static final int KV_HEADS = 2;
  private static final int HEAD_DIM = 8;
  private static final int TOKENS = 200;
  private static final double THETA = 100;

  private final Random random = new Random(3);
  private final float[] query = values(HEADS * HEAD_DIM * WIDTH);
  private final float[] key = values(KV_HEADS * HEAD_DIM * WIDTH);
  private final float[] value = values(KV_HEADS * HEAD_DIM * WIDTH);
  private final float[] x = values(TOKENS * WIDTH);

  @ParameterizedTest
  @CsvSource({
    "0, 200, HALF_SPLIT, 0",
    "0, 77, INTERLEAVED, 0",
    "50, 200, HALF_SPLIT, 0",
    "1, 60, HALF_SPLIT, 0",
    "90, 64, INTERLEAVED, 0",
    "50, 77, HALF_SPLIT, 0.25"
  })
  void apply_isTheNaiveDefinition(int window, int chunk, Rope.Style style, float softCap) {
    double[] expected = naive(window == 0 ? TOKENS : window, style, softCap);

    float[] actual = new float[TOKENS * HEADS * HEAD_DIM];
    try (Workers workers = new Workers(3);
        MatrixProducts products = new MatrixProducts(workers);
        Attention attention = new Attention(config(window, style, softCap), workers, products);
        KvCache cache = new KvCache(1, KV_HEADS, TOKENS, HEAD_DIM);
        NativeMatrix q = matrix(query);
        NativeMatrix k = matrix(key);
        NativeMatrix v = matrix(value)) {
      attention.prepare(TOKENS);
      for (int first = 0; first < TOKENS; first += chunk) {
        int rows = Math.min(chunk, TOKENS - first);
        float[] out = new float[rows * HEADS * HEAD_DIM];
        float[] in = Arrays.copyOfRange(x, first * WIDTH, (first + rows) * WIDTH);
        attention.apply(weights(q, k, v), new Chunk(0, 0, first, rows), cache, in, out);
        System.arraycopy(out, 0, actual, first * HEADS * HEAD_DIM, out.length);
      }
    }

    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i]).as("value %d", i).isCloseTo(expected[i], within(2e-5));
    }
  }

  private double[] naive(int window, Rope.Style style, float softCap) {
    double[] out = new double[TOKENS * HEADS * HEAD_DIM];
    for (int t = 0; t < TOKENS; t++) {
      for (int h = 0; h < HEADS; h++) {
        int kvHead = h / (HEADS / KV_HEADS);
        double[] q = rotated(projected(query, h, t), t, style);
        double total = 0;
        double[] sum = new double[HEAD_DIM];
        for (int s = Math.max(0, t - window + 1); s <= t; s++) {
          double[] k = rotated(projected(key, kvHead, s), s, style);
          double[] v = projected(value, kvHead, s);
          double score = 0;
          for (int i = 0; i < HEAD_DIM; i++) {
            score += q[i] * k[i];
          }
          double weight = Math.exp(capped(score * 0.3f, softCap));
          total += weight;
          for (int i = 0; i < HEAD_DIM; i++) {
            sum[i] += weight * v[i];
          }
        }
        for (int i = 0; i < HEAD_DIM; i++) {
          out[(t * HEADS + h) * HEAD_DIM + i] = sum[i] / total;
        }
      }
    }
    return out;
  }

  private static double capped(double score, float cap) {
    return cap == 0 ? score : cap * Math.tanh(score / cap);
  }

  private double[] projected(float[] weights, int head, int token) {
    double[] out = new double[HEAD_DIM];
    for (int i = 0; i < HEAD_DIM; i++) {
      for (int c = 0; c < WIDTH; c++) {
        out[i] += (double) weights[(head * HEAD_DIM + i) * WIDTH + c] * x[token * WIDTH + c];
      }
    }
    return out;
  }

  private static double[] rotated(double[] v, int position, Rope.Style style) {
    double[] out = new double[HEAD_DIM];
    for (int i = 0; i < HEAD_DIM / 2; i++) {
      int a = style == Rope.Style.INTERLEAVED ? 2 * i : i;
      int b = style == Rope.Style.INTERLEAVED ? 2 * i + 1 : i + HEAD_DIM / 2;
      double angle = position / Math.pow(THETA, 2.0 * i / HEAD_DIM);
      out[a] = v[a] * Math.cos(angle) - v[b] * Math.sin(angle);
      out[b] = v[a] * Math.sin(angle) + v[b] * Math.cos(angle);
    }
    return out;
  }

  private static AttentionWeights weights(NativeMatrix q, NativeMatrix k, NativeMatrix v) {
    RmsNorm unused = new RmsNorm(new float[0], 0);
    Linear output = linear(q);
    return new AttentionWeights(
        unused, linear(q), linear(k), linear(v), HeadNorms.NONE, output, null);
  }

  private static Linear linear(NativeMatrix matrix) {
    return new Linear(matrix, null);
  }

  private static ModelConfig config(int window, Rope.Style style, float softCap) {
    ModelShape shape =
        ModelShape.newBuilder()
            .setHiddenSize(WIDTH)
            .setLayers(1)
            .setHeads(HEADS)
            .setKvHeads(KV_HEADS)
            .setHeadDim(HEAD_DIM)
            .build();
    AttentionConfig attention =
        new AttentionConfig(
            0.3f,
            softCap,
            0,
            AttentionWindows.where(window, 1, layer -> true),
            new Rope(THETA, HEAD_DIM, style, new RopeScaling.None()),
            Optional.empty());
    LayerConfig layer = new LayerConfig(new Norm(0, 0), attention, Activation.SILU);
    TokenConfig tokens = new TokenConfig(TOKENS, -1, false);
    return new ModelConfig(Architecture.LLAMA, shape, "F32", tokens, layer, 1, 0);
  }

  private static NativeMatrix matrix(float[] values) {
    NativeMatrix matrix = new NativeMatrix(values.length / WIDTH, WIDTH);
    matrix.write(0, values, 0, values.length);
    return matrix;
  }

  private float[] values(int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian() / 4;
    }
    return values;
  }
}
