package io.dipper.spark;

import io.dipper.error.UserException;
import io.dipper.hwsim.study.point.PlannedPoint;
import io.dipper.hwsim.study.point.PointChunks;
import io.dipper.hwsim.study.result.PointResult;
import io.dipper.hwsim.study.result.RowJson;
import io.dipper.hwsim.study.sweep.ClusterOptions;
import io.dipper.hwsim.study.sweep.PointEngine;
import io.dipper.hwsim.study.sweep.PointWork;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.reflect.ClassTag$;

/**
 * Points in chunks, a Spark task each, on one core each. The rows of a chunk come back as it is
 * finished; the chunk of an executor that is lost runs again on another.
 */
final class SparkPoints implements PointEngine {
  /** Enough to keep some dozens of cores busy to the end of a sweep. */
  private static final int CHUNKS_WANTED = 96;

  private static final int MOST_DEMANDS = 16;

  private final ClusterOptions options;

  SparkPoints(ClusterOptions options) {
    this.options = options;
  }

  @Override
  public void run(PointWork work, Consumer<PointResult> finished) {
    Path trace = work.trace();
    if (trace == null) {
      throw new UserException(
          "--engine spark: this sweep has no trace, and its points take milliseconds; leave the"
              + " engine out");
    }
    String place = options.trace();
    SharedTrace shared =
        new SharedTrace(
            place == null ? trace.toAbsolutePath().normalize().toString() : place,
            work.simulation().trace().name(),
            work.simulation().trace().sha256());
    StandaloneMasters.requireOne(options.master());
    work.progress().start("simulating on " + options.master(), "points", work.points().size());
    work.progress().each(work.simulation().tokens(), "tokens");
    Arrivals arrivals =
        new Arrivals(
            outcome -> {
              List<PointResult> rows = rows(outcome);
              rows.forEach(finished);
              work.progress().advance(rows.size());
            });
    try (JavaSparkContext spark = connect()) {
      run(spark, work.points(), new ChunkTask(shared), arrivals);
    } catch (Exception e) {
      arrivals.rethrow();
      throw SparkFailures.explain(options.master(), e);
    }
  }

  private JavaSparkContext connect() {
    SparkConf configuration = configuration();
    try {
      return new JavaSparkContext(configuration);
    } catch (Exception e) {
      throw SparkFailures.notStarted(options.master(), e);
    }
  }

  private void run(
      JavaSparkContext spark, List<PlannedPoint> points, ChunkTask task, Arrivals arrivals) {
    try {
      JavaRDD<byte[][]> chunks = chunks(spark, points);
      spark.sc().runJob(chunks.rdd(), task, arrivals, ClassTag$.MODULE$.apply(ChunkOutcome.class));
    } catch (Exception e) {
      // A cluster that does not answer stops the context at any moment, in a thread of Spark's.
      if (spark.sc().isStopped()) {
        arrivals.rethrow();
        throw SparkFailures.gone(options.master(), e);
      }
      throw e;
    }
  }

  private SparkConf configuration() {
    SparkConf conf = new SparkConf().setAppName("dipper sweep").setMaster(options.master());
    options.settings().forEach(conf::set);
    conf.setIfMissing("spark.ui.enabled", "false");
    if (!isThisJvm(options.master())) {
      // A cluster has Jackson, Protobuf and others in versions of its own.
      conf.setIfMissing("spark.executor.userClassPathFirst", "true");
      conf.setJars(ShippedJars.all());
    }
    return conf;
  }

  private static boolean isThisJvm(String master) {
    return master.equals("local") || master.startsWith("local[");
  }

  private static JavaRDD<byte[][]> chunks(JavaSparkContext spark, List<PlannedPoint> points) {
    int demands = Math.min(MOST_DEMANDS, 1 + PointChunks.demands(points) / CHUNKS_WANTED);
    List<byte[][]> chunks =
        PointChunks.of(points, demands).stream()
            .map(chunk -> chunk.stream().map(p -> p.config().toByteArray()).toArray(byte[][]::new))
            .toList();
    return spark.parallelize(chunks, chunks.size());
  }

  private static List<PointResult> rows(ChunkOutcome outcome) {
    return outcome.rows().stream()
        .map(
            line ->
                RowJson.parsePoint(line)
                    .orElseThrow(() -> new IllegalStateException("not a row: " + line)))
        .toList();
  }
}
