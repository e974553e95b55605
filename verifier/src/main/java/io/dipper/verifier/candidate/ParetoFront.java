package io.dipper.verifier.candidate;

import java.util.List;

/** The points that no other point on the same device beats in speed, quality and DRAM together. */
public final class ParetoFront {
  private ParetoFront() {}

  /** The front, in the order of the points given. */
  public static List<Candidate> of(List<Candidate> points) {
    return points.stream()
        .filter(point -> points.stream().noneMatch(other -> other.dominates(point)))
        .toList();
  }
}
