package io.dipper.hwsim.study.report;

import io.dipper.hwsim.study.quality.LiveSample;
import io.dipper.hwsim.study.quality.LostEnergy;
import io.dipper.hwsim.study.quality.QualityFile;
import io.dipper.hwsim.study.result.ConfigDigest;
import io.dipper.hwsim.study.result.LivePerplexity;
import io.dipper.hwsim.study.result.PointName;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.PredictionRow;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.hwsim.study.result.Row;
import io.dipper.hwsim.study.result.SensitivityRow;
import io.dipper.hwsim.study.result.SensitivityRow.DeviceNumber;
import io.dipper.hwsim.study.result.SensitivityRow.SpeedChange;
import io.dipper.hwsim.study.result.VerifiedRow;
import io.dipper.hwsim.study.result.VerifiedRow.Rates;
import io.dipper.hwsim.study.result.VerifiedRow.Similarity;
import io.dipper.hwsim.study.result.VerifiedRow.Speeds;
import io.dipper.proto.Capacity;
import io.dipper.proto.Dram;
import io.dipper.proto.Flash;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.ModelShape;
import io.dipper.proto.PointConfig;
import io.dipper.proto.PolicySpec;
import io.dipper.proto.Provenance;
import io.dipper.proto.Quality;
import io.dipper.proto.Quantity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A result directory of a few hundred points: three devices, three memories, two caches, five
 * curves. Throughput is bytes over bandwidth with a hit rate that rises with memory, so that the
 * page shows what real results look like.
 */
final class SampleResults {
  /** Text that breaks out of HTML, JSON or a script wherever it is not escaped. */
  static final String HOSTILE = "</script><img src=x onerror=alert(1)>&\"'\u2028";

  private final List<PointRow> rows = new ArrayList<>();
  private final List<VerifiedRow> verified = new ArrayList<>();
  private final List<PointConfig> configs = new ArrayList<>();
  private final String model;

  private SampleResults(String model) {
    this.model = model;
  }

  /** Writes the directory. */
  static ResultDirectory write(Path folder, String model, String trace, boolean verify)
      throws java.io.IOException {
    SampleResults sample = new SampleResults(model);
    for (HardwareProfile device :
        List.of(device("phone", 60e9, 4e9), device("board", 17e9, 1e9), device("pc", 68e9, 7e9))) {
      for (double memory : new double[] {0.5, 0.6, 0.8}) {
        for (String cache : List.of("lfu", "lru")) {
          sample.curves(device, memory, cache, trace, verify);
        }
      }
    }
    ResultDirectory results = new ResultDirectory(folder);
    results.writePoints(sample.rows);
    results.writeConfigs(sample.configs);
    results.writeSensitivities(sample.sensitivities());
    Files.writeString(results.resolvedSweep(), "trace: " + HOSTILE + "\n");
    if (verify) {
      results.addVerified(sample.verified);
    }
    return results;
  }

  /**
   * Gives every masked point a predicted perplexity that grows as its density falls, and writes a
   * quality model of two runs, one of them a test of it together with a third.
   */
  static void predict(ResultDirectory results) {
    results.writePoints(
        results.points().stream()
            .map(
                row -> {
                  double increase = 0.5 * Math.pow(1 - row.demand().density(), 2);
                  return row.policy().equals("dense")
                      ? row
                      : row.predicted(
                          18.84 * Math.exp(increase),
                          18.84 * Math.exp(0.8 * increase),
                          18.84 * Math.exp(1.2 * increase));
                })
            .toList());
    String dip = "dip {\"density\":0.3}";
    String cacheAware = "dip-ca {\"density\":0.3,\"gamma\":0.2,\"warm_up\":false}, lfu, 1.2 GB";
    QualityFile.write(
        results.quality(),
        QualityFile.message(
            Quality.newBuilder().setModel("sample-1b").setPerplexityDense(18.84).build(),
            List.of(
                new LiveSample(dip, new LostEnergy(0.05, 0.01, 0, 0), 0.2, 0.01),
                new LiveSample(cacheAware, new LostEnergy(0.06, 0.01, 0, 0), 0.25, 0.01))));
    results.writePredictions(
        List.of(
            new PredictionRow(dip, true, 0.2, 0.15, 0.25, 0.21, 0.01),
            new PredictionRow("dip {\"density\":0.4}", false, 0.11, 0.08, 0.14, 0.1, 0.01),
            new PredictionRow(cacheAware, false, 0.22, 0.18, 0.3, 0.2, null)));
  }

  /** Of the first dense point of each device: its bandwidths, one of them assumed. */
  private List<SensitivityRow> sensitivities() {
    List<SensitivityRow> sensitivities = new ArrayList<>();
    for (String device : List.of("phone", "board", "pc")) {
      PointRow dense =
          rows.stream()
              .filter(r -> r.hardware().equals(device) && r.policy().equals("dense"))
              .findFirst()
              .orElseThrow();
      sensitivities.add(sensitivity(dense, "flash.max_bandwidth", "assumed", 0.08));
      sensitivities.add(sensitivity(dense, "dram.bandwidth", "datasheet", 0.02));
    }
    return sensitivities;
  }

  private static SensitivityRow sensitivity(
      PointRow row, String number, String provenance, double effect) {
    double speed = row.time().tokensPerSecond();
    return new SensitivityRow(
        PointName.of(row),
        new DeviceNumber(number, "B/s", provenance, 4e9),
        new SpeedChange(256, speed, speed * (1 - effect), speed * (1 + effect), 3.6e9, 4.4e9));
  }

  private void curves(
      HardwareProfile device, double memory, String cache, String trace, boolean verify) {
    point(device, memory, cache, trace, "dense", "{}", 1, 0.4, false);
    for (double density = 0.3; density < 0.95; density += 0.1) {
      String d = String.format(java.util.Locale.ROOT, "\"density\":%.1f", density);
      boolean live = verify && memory == 0.6 && cache.equals("lfu");
      point(device, memory, cache, trace, "dip", "{" + d + "}", density, 0.45, live);
      for (double gamma : new double[] {0.1, 0.2}) {
        String parameters = "{" + d + ",\"gamma\":" + gamma + ",\"warm_up\":false}";
        double rate = 0.65 - gamma / 2;
        point(device, memory, cache, trace, "dip-ca", parameters, density, rate, live);
      }
      if (density > 0.65) {
        point(device, memory, cache, trace, "glu", "{\"keep\":0.3}", density, 0.3, false);
      }
    }
  }

  private void point(
      HardwareProfile device,
      double memory,
      String cache,
      String trace,
      String policy,
      String parameters,
      double density,
      double hitRate,
      boolean live) {
    PointConfig config =
        PointConfig.newBuilder()
            .setModel(ModelShape.newBuilder().setName(model))
            .setHardware(device)
            .setPolicy(PolicySpec.newBuilder().setName(policy + parameters + density))
            .setCapacity(Capacity.newBuilder().setDramFraction(memory))
            .setTraceSha256(cache)
            .build();
    ConfigDigest digest = ConfigDigest.of(config);
    double rate = Math.min(1, hitRate * (0.6 + memory) * (cache.equals("lru") ? 0.93 : 1));
    double mlp = 1.0e9;
    double flash = mlp * density * (1 - rate);
    double dram = mlp * density * rate + 3e8;
    double flashS = flash / device.getFlash().getMaxBandwidth().getValue();
    double dramS = dram / device.getDram().getBandwidth().getValue();
    double computeS = 2e-3 * density;
    double speed = 1 / (flashS + dramS + computeS + 3e-4);
    boolean masked = !policy.equals("glu");
    PointRow row =
        new Row()
            .with("point_id", digest.pointId())
            .with("trace", trace)
            .with("model", model)
            .with("hardware", device.getName())
            .with("accounting", "des")
            .with("policy", policy)
            .with("policy_params", parameters)
            .with("cache", cache)
            .with("dram_bytes", memory * 2e9)
            .with("cache_columns_x", masked ? 1000 : null)
            .with("cache_columns_h", 3000)
            .with("density", density)
            .with("hit_rate", rate)
            .with("hit_rate_x", masked ? rate * 0.95 : null)
            .with("hit_rate_h", rate * 1.03)
            .with("hits_x", masked ? 10L : null)
            .with("hits_h", 10L)
            .with("selected_x", masked ? 20L : null)
            .with("selected_h", 20L)
            .with("flash_bytes_per_token", flash)
            .with("dram_bytes_per_token", dram)
            .with("flash_requests_per_token", flash / 65536)
            .with("tokens", 4096L)
            .with("tokens_per_second", speed)
            .with("ttft_s", 0.12)
            .with("resident_bytes", memory * 2e9 * 0.97)
            .with("touched_bytes_per_token", mlp * density + 3e8)
            .with("time_flash_s", flashS)
            .with("time_dram_s", dramS)
            .with("time_compute_s", computeS)
            .with("time_select_s", 2e-4)
            .with("time_other_s", 1e-4)
            .with("energy_j_per_token", 0.01 * density)
            .with("retained_energy_x", masked ? 1 - 0.2 * (1 - density) : null)
            .with("retained_energy_h", 1 - 0.2 * (1 - density))
            .with("assumed_share", 0.4)
            .with("perplexity", policy.equals("dense") ? 18.84 : null)
            .with("perplexity_dense", 18.84)
            .with("perplexity_protocol", "disjoint-2048")
            .with("trace_sha256", "a".repeat(64))
            .with("config_sha256", digest.sha256())
            .with("dipper_version", "0.1.0")
            .with("flash_bytes_read_per_token", flash * 1.1)
            .with("layout", "column-major")
            .with("unit_order", "natural")
            .with("max_gap_bytes", 0.0)
            .with("min_request_bytes", 0.0)
            .with("cache_start", "cold")
            .with("speculation", "none")
            .make();
    rows.add(row);
    configs.add(config);
    if (live) {
      double perplexity = 18.84 + 12 * Math.pow(1 - density, 2) * (policy.equals("dip") ? 1 : 1.2);
      verified.add(
          new VerifiedRow(
              VerifiedRow.Name.of(row),
              new LivePerplexity(perplexity, 18.84, "disjoint-2048", 4094),
              new Rates(rate * 0.94, rate * 1.02, rate * 0.95, rate * 1.03),
              new Similarity(0.6, 0.55),
              new Speeds(speed * 0.99, speed),
              VerifiedRow.Experts.NONE));
    }
  }

  private static HardwareProfile device(String name, double dram, double flash) {
    Quantity.Builder assumed = Quantity.newBuilder().setProvenance(Provenance.ASSUMED);
    return HardwareProfile.newBuilder()
        .setName(name)
        .setDescription("A device of the " + name + " class")
        .setDram(
            Dram.newBuilder()
                .setBandwidth(
                    Quantity.newBuilder()
                        .setValue(dram)
                        .setProvenance(Provenance.DATASHEET)
                        .setSource("its data sheet"))
                .setEfficiency(assumed.setValue(0.75)))
        .setFlash(Flash.newBuilder().setMaxBandwidth(assumed.setValue(flash)))
        .build();
  }
}
