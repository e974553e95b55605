package io.dipper.spark;

import io.dipper.error.UserException;
import org.apache.spark.SparkException;

/** Spark's failures in one line. */
final class SparkFailures {
  private SparkFailures() {}

  /** What to throw: bugs as they are, and what a cluster can do to a user as one line. */
  static RuntimeException explain(String master, Exception failure) {
    if (failure instanceof UserException e) {
      return e;
    }
    String said = firstLine(failure);
    if (said.contains("stopped SparkContext")) {
      return gone(master, failure);
    }
    if (failure instanceof SparkException) {
      return kept(master, said, failure);
    }
    return failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
  }

  /** Of a context that Spark has stopped beneath its caller, who then meets anything. */
  static UserException gone(String master, Exception failure) {
    return kept(master, "the cluster does not answer, or has gone", failure);
  }

  /** Of a context that does not start: a setting that Spark refuses, or no answer. */
  static UserException notStarted(String master, Exception failure) {
    boolean stopped =
        failure instanceof NullPointerException || firstLine(failure).contains("stopped");
    return stopped ? gone(master, failure) : kept(master, firstLine(failure), failure);
  }

  private static UserException kept(String master, String why, Exception failure) {
    return new UserException(
        "--engine spark: "
            + master
            + ": "
            + why
            + "; finished points are kept, go on with --resume",
        failure);
  }

  private static String firstLine(Exception failure) {
    return String.valueOf(failure.getMessage()).strip().lines().findFirst().orElse("");
  }
}
