package io.dipper.hwsim.replay.unit;

import io.dipper.proto.WeightBits;
import io.dipper.trace.Site;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One mask of a policy: what it is computed from, what it chooses among, and what it covers. There
 * is one such mask per layer and token, and one cache per layer.
 *
 * @param signals what the selector looks at; at least one
 * @param space the units that are chosen among
 * @param covers the matrices of which only the selected units are read; they share the mask, so a
 *     unit is its part of each
 * @param scoreWeights what computes scores from the signals, beside the model's own weights
 */
public record UnitGroup(
    List<Signal> signals, UnitSpace space, Set<Matrix> covers, ScoreWeights scoreWeights) {
  public UnitGroup {
    signals = List.copyOf(signals);
    covers = Collections.unmodifiableSet(EnumSet.copyOf(covers));
    if (signals.isEmpty() || !space.parts().keySet().containsAll(covers)) {
      throw new IllegalArgumentException(
          "a mask needs a signal, and its units a part of each matrix that it covers");
    }
  }

  /** A group that is scored by activations of the model itself. */
  public UnitGroup(List<Signal> signals, UnitSpace space, Set<Matrix> covers) {
    this(signals, space, covers, ScoreWeights.NONE);
  }

  /** The first signal, the one whose magnitudes are scored. */
  public Signal scored() {
    return signals.get(0);
  }

  /** Whether each unit is scored by its own value in the same layer: no prediction. */
  public boolean scoresItself() {
    return scored().layersBack() == 0 && space.sites().contains(scored().site());
  }

  /** Whether the mask is known a layer before its units are used, but in the first layer. */
  public boolean isKnownEarly() {
    return signals.stream().allMatch(signal -> signal.layersBack() > 0);
  }

  /**
   * The site that has a value for each unit: the scored one, or where units are predicted from
   * something else, that of their activations.
   */
  public Site valueSite() {
    return scoresItself() ? scored().site() : space.activation();
  }

  /** The number N of units. */
  public int units() {
    return space.size();
  }

  /** The bytes of a unit, in all matrices that are covered. */
  public double bytesPerUnit(WeightBits bits) {
    return bytes(1, bits);
  }

  /** The bytes of a number of units, matrix by matrix. */
  public double bytes(int units, WeightBits bits) {
    double sum = 0;
    for (Matrix matrix : covers) {
      sum += units * space.bytes(matrix, bits);
    }
    return sum;
  }

  /** How many units fit where each matrix has so many bytes for them. */
  public int unitsWithin(double bytesPerMatrix, WeightBits bits) {
    double fit = Double.POSITIVE_INFINITY;
    for (Matrix matrix : covers) {
      fit = Math.min(fit, Math.floor(bytesPerMatrix / space.bytes(matrix, bits)));
    }
    return (int) fit;
  }
}
