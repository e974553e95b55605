package io.dipper.verifier.candidate;

import java.util.Comparator;

/**
 * A point of a sweep as a search sees it.
 *
 * @param pointId of the point
 * @param device on which its time was computed
 * @param family everything but the density: points of one family differ in how much they keep, so
 *     that more density means less loss
 * @param density share of the MLP's weights that take part
 * @param quality a stand-in for the model's quality, known before any live run; more is better
 * @param tokensPerSecond from replay
 * @param residentBytes DRAM used; all that was given, where that is full to a per cent
 */
public record Candidate(
    String pointId,
    String device,
    String family,
    double density,
    double quality,
    double tokensPerSecond,
    double residentBytes) {

  /** Memories within a step of each other are equally small: caches are divided by whole units. */
  private static final double MEMORY_STEP = Math.log(1.01);

  /** The faster first, then the smaller. */
  public static final Comparator<Candidate> FASTEST =
      Comparator.comparingDouble(Candidate::tokensPerSecond)
          .reversed()
          .thenComparingDouble(Candidate::residentBytes)
          .thenComparing(Candidate::pointId);

  /** The smaller first, of the equally small the faster. */
  public static final Comparator<Candidate> SMALLEST =
      Comparator.comparingLong(Candidate::memorySteps)
          .thenComparing(Comparator.comparingDouble(Candidate::tokensPerSecond).reversed())
          .thenComparing(Candidate::pointId);

  /** Its memory in steps of a per cent; equal where two points are equally small. */
  public long memorySteps() {
    return Math.round(Math.log(residentBytes) / MEMORY_STEP);
  }

  /** This point with another stand-in for quality. */
  public Candidate withQuality(double other) {
    return new Candidate(pointId, device, family, density, other, tokensPerSecond, residentBytes);
  }

  /** Whether this point is nowhere worse than another on the same device, and somewhere better. */
  public boolean dominates(Candidate other) {
    return device.equals(other.device)
        && tokensPerSecond >= other.tokensPerSecond
        && quality >= other.quality
        && memorySteps() <= other.memorySteps()
        && (tokensPerSecond > other.tokensPerSecond
            || quality > other.quality
            || memorySteps() < other.memorySteps());
  }
}
