package io.dipper.hwsim.time.memory;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.hwsim.time.rules.AccountingRules;
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
   * A point's bits, each from the first that has it: the point itself, the model file (as far as
   * the accounting knows of it), the paper.
   */
  public static WeightBits resolve(PointConfig config) {
    WeightBits.Builder bits = PAPER.toBuilder();
    overlay(AccountingRules.of(config).model(config.getModel()).getWeightBits(), bits);
    overlay(config.getBits(), bits);
    return bits.build();
  }

  /**
   * In words, for a person: {@code MLP 4.5, attention 4.5, head 6.56, embedding 6.56, KV cache 16}.
   */
  public static String describe(WeightBits bits) {
    return "MLP "
        + number(bits.getMlp())
        + ", attention "
        + number(bits.getAttention())
        + ", head "
        + number(bits.getHead())
        + ", embedding "
        + number(bits.getEmbedding())
        + ", KV cache "
        + number(bits.getKvCache());
  }

  private static String number(double bits) {
    return Units.print(Math.rint(bits * 100) / 100, Dimension.NUMBER);
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
