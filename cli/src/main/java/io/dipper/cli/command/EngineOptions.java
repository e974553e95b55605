package io.dipper.cli.command;

import io.dipper.error.UserException;
import io.dipper.hwsim.study.sweep.ClusterEngine;
import io.dipper.hwsim.study.sweep.ClusterOptions;
import io.dipper.hwsim.study.sweep.PointEngine;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where the points of a sweep are simulated. */
final class EngineOptions {
  private static final String HERE = "local";

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = HERE,
      description = "Where points are simulated: local, or spark (the same bytes).")
  private String name = HERE;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "The cluster of --engine spark, e.g. spark://host:7077 or local[2].")
  private @Nullable String master;

  @Option(
      names = "--cluster-trace",
      paramLabel = "URI",
      description =
          "Where the cluster's machines read the trace: a path, or a URI of a Hadoop file system"
              + " (default: the path of the trace).")
  private @Nullable String trace;

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "A setting of Spark, e.g. spark.executor.memory=4g; may be repeated.")
  private Map<String, String> settings = new LinkedHashMap<>();

  /**
   * The engine.
   *
   * @throws UserException if there is no such engine, or options do not go together
   */
  PointEngine engine() {
    if (name.equals(HERE)) {
      if (master != null || trace != null || !settings.isEmpty()) {
        throw new UserException("--master, --cluster-trace and --conf need --engine spark");
      }
      return PointEngine.LOCAL;
    }
    if (!name.equals("spark")) {
      throw new UserException("--engine " + name + ": is not known; known: local, spark");
    }
    if (master == null) {
      throw new UserException(
          "--engine spark: needs --master, e.g. --master spark://host:7077 or --master 'local[2]'");
    }
    return ClusterEngine.named(name).on(new ClusterOptions(master, trace, Map.copyOf(settings)));
  }
}
