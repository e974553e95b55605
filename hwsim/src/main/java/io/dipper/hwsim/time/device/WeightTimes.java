package io.dipper.hwsim.time.device;

import io.dipper.proto.LongVectors;
import io.dipper.proto.Processor;
import io.dipper.weight.SecondsByType;
import java.util.List;

/**
 * What weights take to be brought from their stored type to the one that is computed with: each a
 * time, and each row or column of them one more. Rows and columns that leave the first cache take
 * longer: from the first given length on a weight takes its time at that length, between two
 * lengths what lies between its times there, in proportion, and beyond the last what it takes
 * there.
 */
public final class WeightTimes {
  private final SecondsByType each;
  private final SecondsByType vector;
  private final double[] lengths;
  private final SecondsByType[] ofLengths;

  private WeightTimes(SecondsByType each, SecondsByType vector, List<LongVectors> longer) {
    this.each = each;
    this.vector = vector;
    this.lengths = longer.stream().mapToDouble(LongVectors::getLength).toArray();
    this.ofLengths =
        longer.stream()
            .map(vectors -> SecondsByType.of(vectors.getDequantise()))
            .toArray(SecondsByType[]::new);
  }

  static WeightTimes of(Processor processor) {
    return new WeightTimes(
        SecondsByType.of(processor.getDequantise()),
        SecondsByType.of(processor.getMultiplyPerVector()),
        processor.getLongVectorsList());
  }

  /**
   * The seconds of a weight.
   *
   * @param bits of the weight, scales included
   * @param length of the row or column that it lies in; 0 for unknown, which takes none of the time
   *     of rows and columns
   */
  public double seconds(double bits, double length) {
    int above = 0;
    while (above < lengths.length && lengths[above] <= length) {
      above++;
    }
    if (above == 0) {
      return each.seconds(bits) + (length == 0 ? 0 : vector.seconds(bits) / length);
    }
    double shorter = ofLengths[above - 1].seconds(bits);
    if (above == lengths.length) {
      return shorter;
    }
    double share = (length - lengths[above - 1]) / (lengths[above] - lengths[above - 1]);
    return shorter + share * (ofLengths[above].seconds(bits) - shorter);
  }
}
