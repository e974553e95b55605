package io.dipper.hwsim.time.memory;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.dipper.proto.AccountingKind;
import io.dipper.proto.PointConfig;
import io.dipper.proto.WeightBits;

/** The bits per weight that hold where a point does not set them. */
public final class DefaultBits {
  /** The paper's: 4-bit MLP and attention, 8-bit head, embedding and KV cache. */
  public static final WeightBits PAPER =
      WeightBits.newBuilder()
          .setMlp(4)
          .setAttention(4)
          .setHead(8)
          .setEmbedding(8)
          .setKvCache(8)
          .setPredictor(16)
          .build();

  private DefaultBits() {}

  /**
   * A point's bits, each from the first that has it: the point itself, the model file (not in the
   * paper's accounting, which has its own bits for every model), the paper.
   */
  public static WeightBits resolve(PointConfig config) {
    WeightBits.Builder bits = PAPER.toBuilder();
    if (config.getAccounting() != AccountingKind.PAPER) {
      overlay(config.getModel().getWeightBits(), bits);
    }
    overlay(config.getBits(), bits);
    return bits.build();
  }

  private static void overlay(WeightBits from, WeightBits.Builder onto) {
    for (FieldDescriptor field : WeightBits.getDescriptor().getFields()) {
      double value = (double) from.getField(field);
      if (value > 0) {
        onto.setField(field, value);
      }
    }
  }
}
