package io.dipper.spark;

import io.dipper.error.UserException;
import io.dipper.hwsim.study.sweep.ClusterEngine;
import io.dipper.hwsim.study.sweep.ClusterOptions;
import io.dipper.hwsim.study.sweep.PointEngine;

/** {@code --engine spark}. */
public final class SparkEngine implements ClusterEngine {
  /** Hadoop, which Spark starts with, asks Java for its security manager; it is gone after this. */
  private static final int NEWEST_JAVA = 23;

  @Override
  public String name() {
    return "spark";
  }

  @Override
  public PointEngine on(ClusterOptions options) {
    int java = Runtime.version().feature();
    if (java > NEWEST_JAVA) {
      throw new UserException(
          "--engine spark: Spark 4.0 runs on JDK 17 or 21, and this is "
              + java
              + "; set DIPPER_JAVA_HOME to one of them");
    }
    return new SparkPoints(options);
  }
}
