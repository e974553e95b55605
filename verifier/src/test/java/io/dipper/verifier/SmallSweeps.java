package io.dipper.verifier;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.study.point.PlannedPoint;
import io.dipper.hwsim.study.point.Simulation;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.progress.Progress;
import io.dipper.proto.AccountingKind;
import io.dipper.proto.CacheStart;
import io.dipper.proto.Dram;
import io.dipper.proto.Flash;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Quantity;
import io.dipper.testing.SharedData;
import io.dipper.trace.TraceReader;
import io.dipper.tracegen.runtime.RuntimeOptions;
import io.dipper.verifier.scope.PointSelection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Small sweeps of the embedded model on its golden trace, to be verified. */
abstract class SmallSweeps {
  static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");
  static final Path MODEL = SharedData.model("bookworm-3m-q8_0.gguf");

  @TempDir Path folder;

  static HardwareProfile device(String name, double flashBytesPerSecond) {
    return HardwareProfile.newBuilder()
        .setName(name)
        .setDram(Dram.newBuilder().setBandwidth(quantity(60e9)))
        .setFlash(Flash.newBuilder().setMaxBandwidth(quantity(flashBytesPerSecond)))
        .build();
  }

  static Quantity quantity(double value) {
    return Quantity.newBuilder().setValue(value).build();
  }

  ResultDirectory sweep(List<String> policies, List<String> caches, double... fractions) {
    return sweep(CacheStart.COLD, policies, caches, fractions);
  }

  ResultDirectory sweep(
      CacheStart start, List<String> policies, List<String> caches, double... fractions) {
    Simulation simulation = Simulation.of(TRACE, TraceReader.open(TRACE), 2, Progress.SILENT);
    List<PlannedPoint> points = new ArrayList<>();
    for (HardwareProfile device : List.of(device("phone", 1e9), device("board", 2e8))) {
      for (double fraction : fractions) {
        for (String cache : caches) {
          for (String policy : policies) {
            PointConfig config =
                PointConfig.newBuilder()
                    .setHardware(device)
                    .setAccounting(AccountingKind.PAPER)
                    .setPolicy(Policies.parse(policy))
                    .setCache(Caches.parse(cache))
                    .setCacheStart(start)
                    .setCapacity(Capacities.cacheFraction(fraction))
                    .build();
            points.add(simulation.plan(simulation.complete(config)));
          }
        }
      }
    }
    return write(simulation, points);
  }

  /** Simulates points into the folder, as a sweep does. */
  ResultDirectory write(Simulation simulation, List<PlannedPoint> points) {
    List<PointRow> rows = new ArrayList<>();
    simulation.run(points, point -> rows.add(point.row()));
    ResultDirectory results = new ResultDirectory(folder);
    results.writeConfigs(points.stream().map(PlannedPoint::config).toList());
    results.writePoints(rows);
    return results;
  }

  VerificationRequest request(PointSelection points) {
    return VerificationRequest.of(folder, points, MODEL, TRACE, RuntimeOptions.withThreads(2));
  }

  static VerificationResult run(VerificationRequest request) {
    return Verification.run(request, Progress.SILENT);
  }

  /** Writes token ids as they are read. */
  static void write(Path file, int[] ids) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 * ids.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(ids);
    Files.write(file, bytes.array());
  }

  int keptRuns() {
    String[] files = folder.resolve("live").toFile().list();
    return files == null ? 0 : files.length;
  }

  void deleteLiveRuns() {
    try (Stream<Path> files = Files.list(folder.resolve("live"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
