package io.dipper.tracegen.format.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.files.MappedFile;
import io.dipper.testing.SharedData;
import io.dipper.tracegen.format.WeightTensor;
import io.dipper.tracegen.format.quant.BlockEncoder;
import io.dipper.tracegen.format.quant.TensorType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Weights that are written in a type, against what others write of the same weights. */
class BlockEncoderTest {
  private static final GgufFile BOOKWORM =
      GgufFile.open(MappedFile.open(SharedData.model("bookworm-3m-q8_0.gguf")));

  /** Digests of what the gguf package for Python makes of them. */
  @ParameterizedTest
  @CsvSource({
    "blk.0.ffn_down.weight,F16,24b956312be5814cb1c6c81f8c179192d738c599e6f897d4bd271a6c3211ae7a",
    "blk.0.ffn_down.weight,Q8_0,d67dd790b7a28c88c41c895769a239f80892d9d27211057ab8596736557438b9",
    "blk.0.ffn_down.weight,Q4_0,d713b82945e1ac18287c74ce5358915c17376bc8d17b7318666946dc10669ce3",
    "blk.3.attn_q.weight,F16,3c99c8e14a958d5ba06c62807e279ee4d02c491b477ef0e60d9d6fef2b0c9971",
    "blk.3.attn_q.weight,Q8_0,3644bbe3220d2528a8fbd5e7c098de8652d045a418496fe14ae19d928143560a",
    "blk.3.attn_q.weight,Q4_0,7688cb0fbcc1b7060f3ff9667b621e8b357f69289d46298fb29db69b2a06e52a"
  })
  void simpleTypes_areTheBytesOfTheReference(String name, TensorType type, String sha256)
      throws NoSuchAlgorithmException {
    byte[] bytes = encoded(weights(name), type);
    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)))
        .isEqualTo(sha256);
  }

  /**
   * The types with two levels of scales are fitted by rules of our own, and come as close to the
   * weights as llama.cpp does without an importance matrix, whose relative errors these are.
   */
  @ParameterizedTest
  @CsvSource({"Q4_K,0.0791", "Q3_K,0.1601", "Q2_K,0.3295"})
  void fittedTypes_areAsCloseAsLlamaCpp(TensorType type, double reference) {
    float[] weights = weights("blk.0.ffn_down.weight");
    double squares = 0;
    for (float weight : weights) {
      squares += weight * weight;
    }
    double error = Math.sqrt(squaredError(weights, type) / squares);
    assertThat(error).isBetween(0.8 * reference, 1.05 * reference);
  }

  /** What no step of levels can hold: zeros, one value, all of one sign, outliers, tiny values. */
  @ParameterizedTest
  @EnumSource(names = {"F16", "Q8_0", "Q4_0", "Q4_K", "Q3_K", "Q2_K"})
  void oddBlocks_stayFiniteAndInRange(TensorType type) {
    Random random = new Random(7);
    for (int kind = 0; kind < 6; kind++) {
      float[] weights = new float[256];
      for (int i = 0; i < 256; i++) {
        float gaussian = (float) random.nextGaussian();
        weights[i] =
            switch (kind) {
              case 0 -> 0;
              case 1 -> 0.25f;
              case 2 -> -Math.abs(gaussian);
              case 3 -> i == 17 ? 1000 : gaussian;
              case 4 -> gaussian * 1e-12f;
              default -> Math.abs(gaussian);
            };
      }
      float largest = 0;
      for (float weight : weights) {
        largest = Math.max(largest, Math.abs(weight));
      }
      for (float decoded : decoded(encoded(weights, type), type, 256)) {
        assertThat(decoded).as("%s, kind %d", type, kind).isFinite();
        assertThat(Math.abs(decoded)).isLessThanOrEqualTo(1.3f * largest);
      }
    }
  }

  /** Encoding what was decoded changes nothing. */
  @Test
  void decodedWeights_areEncodedToThemselves() {
    for (TensorType type : new TensorType[] {TensorType.F16, TensorType.Q8_0, TensorType.Q4_0}) {
      float[] once = decoded(encoded(weights("blk.3.attn_q.weight"), type), type, 192 * 192);
      assertThat(decoded(encoded(once, type), type, once.length)).as("%s", type).isEqualTo(once);
    }
  }

  private static double squaredError(float[] weights, TensorType type) {
    float[] decoded = decoded(encoded(weights, type), type, weights.length);
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += Math.pow((double) decoded[i] - weights[i], 2);
    }
    return sum;
  }

  private static float[] weights(String name) {
    WeightTensor tensor = BOOKWORM.tensor(name).orElseThrow();
    float[] weights = new float[tensor.rows() * tensor.columns()];
    tensor.decode(0, tensor.rows(), weights, 0);
    return weights;
  }

  private static byte[] encoded(float[] weights, TensorType type) {
    BlockEncoder encoder = type.encoder().orElseThrow();
    byte[] bytes = new byte[(int) type.bytes(weights.length)];
    for (int b = 0; b < weights.length / type.weightsPerBlock(); b++) {
      encoder.encodeBlock(weights, b * type.weightsPerBlock(), bytes, b * type.bytesPerBlock());
    }
    return bytes;
  }

  private static float[] decoded(byte[] bytes, TensorType type, int count) {
    float[] weights = new float[count];
    type.decode(bytes, 0, count / type.weightsPerBlock(), weights, 0);
    return weights;
  }
}
