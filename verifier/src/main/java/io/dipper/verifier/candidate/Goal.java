package io.dipper.verifier.candidate;

import java.util.Comparator;

/**
 * Something that a budget search looks for: the fastest or the smallest point of a device within a
 * loss.
 *
 * @param device of the points
 * @param mostPerplexity that is allowed
 * @param mostIncrease of the mean negative log-likelihood, in nats
 * @param kind which point is better
 */
public record Goal(String device, double mostPerplexity, double mostIncrease, Kind kind) {
  /** What makes a point better. */
  public enum Kind {
    FASTEST(Candidate.FASTEST) {
      @Override
      public double gain(Candidate over, Candidate point) {
        return point.tokensPerSecond() / over.tokensPerSecond() - 1;
      }
    },
    SMALLEST(Candidate.SMALLEST) {
      @Override
      public double gain(Candidate over, Candidate point) {
        return over.memorySteps() == point.memorySteps()
            ? FASTEST.gain(over, point)
            : over.residentBytes() / point.residentBytes() - 1;
      }
    };

    private final Comparator<Candidate> order;

    Kind(Comparator<Candidate> order) {
      this.order = order;
    }

    /** The better point first; never 0 for different points. */
    public Comparator<Candidate> order() {
      return order;
    }

    /** By how much one point is better than another, as a share of it. */
    public abstract double gain(Candidate over, Candidate point);
  }
}
