package io.dipper.hwsim.study.result;

import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.replay.unit.BlockShape;
import io.dipper.hwsim.study.setting.PointSettings;
import io.dipper.hwsim.table.ColumnOrder;
import io.dipper.registry.Trait;
import org.jspecify.annotations.Nullable;

/**
 * The result of one point: what was simulated, and what came out. Its columns, those of its parts,
 * are those of {@code points.parquet} and {@code points.csv}; null where a column does not apply.
 *
 * <p>Hits and selected units are totals over layers and tokens, times and bytes are means per
 * token. The suffixes x and h name what a mask chooses among: the MLP's input columns, and the
 * units of the GLU. What holds of every mask alike is in {@link GroupRow}s.
 */
@ColumnOrder({
  "point_id",
  "trace",
  "model",
  "hardware",
  "accounting",
  "policy",
  "policy_params",
  "cache",
  "dram_bytes",
  "cache_columns_x",
  "cache_columns_h",
  "density",
  "hit_rate",
  "hit_rate_x",
  "hit_rate_h",
  "hits_x",
  "hits_h",
  "selected_x",
  "selected_h",
  "flash_bytes_per_token",
  "dram_bytes_per_token",
  "flash_requests_per_token",
  "tokens",
  "tokens_per_second",
  "ttft_s",
  "resident_bytes",
  "touched_bytes_per_token",
  "time_flash_s",
  "time_dram_s",
  "time_compute_s",
  "time_select_s",
  "time_other_s",
  "energy_j_per_token",
  "retained_energy_x",
  "retained_energy_h",
  "assumed_share",
  "perplexity",
  "perplexity_dense",
  "perplexity_protocol",
  "trace_sha256",
  "config_sha256",
  "seed",
  "dipper_version",
  "flash_bytes_read_per_token",
  "layout",
  "unit_order",
  "max_gap_bytes",
  "min_request_bytes",
  "cache_start",
  "speculation",
  "perplexity_predicted",
  "perplexity_low",
  "perplexity_high",
  "cache_params",
  "ttft_warm_s",
  "flash_unmeasured_share",
  "weight_bits",
  "energy_covers",
  "caches_differ",
  "capacity",
  "block_length",
  "prompt_length",
  "lookups",
  "hits",
  "misses",
  "prompt_lookups",
  "prompt_hits",
  "dropped",
  "dropped_weight",
  "one_token_cycle_bytes",
  "time_admit_s",
  "expert_cache_bytes",
  "lost_to_fewer",
  "lost_to_others",
  "backend",
  "adapter",
  "guessed",
  "guessed_right",
  "guess_recall",
  "guess_precision",
  "tokens_per_second_low",
  "tokens_per_second_high",
  "window",
  "accepted"
})
public record PointRow(
    PointIdentity identity,
    PointSetup setup,
    PointMemory memory,
    PointDemand demand,
    PointTime time,
    PointPerplexity quality) {

  public String pointId() {
    return identity.pointId();
  }

  public String hardware() {
    return setup.name(PointSettings.HARDWARE);
  }

  public String accounting() {
    return setup.name(PointSettings.ACCOUNTING);
  }

  public String policy() {
    return setup.name(PointSettings.POLICY);
  }

  /** The policy's parameters, defaults filled in, as a JSON object. */
  public String policyParams() {
    return String.valueOf(setup.parameters(PointSettings.POLICY));
  }

  public String cache() {
    return setup.name(PointSettings.CACHE);
  }

  /**
   * Whether a mask or an adapter changes the model. A mask does by what its policy declares, and
   * where the policy is gone; a choice of experts that loses none of the router's weight does not,
   * unless a mask chooses inside them.
   */
  public boolean isMasked() {
    if (hasAdapter() || masksInsideExperts()) {
      return true;
    }
    PointExperts.LeftOut left = demand.experts().leftOut();
    return left.lostToFewer() != null && left.lostToOthers() != null
        ? left.lostToFewer() + left.lostToOthers() > 0
        : !Policies.registry().declares(policy(), Trait.DENSE);
  }

  /** Whether the model has an adapter. */
  public boolean hasAdapter() {
    return setup.value(PointSettings.ADAPTER) != null;
  }

  /** Whether a mask chooses columns of the experts. */
  public boolean masksInsideExperts() {
    return demand.experts().lookups() != null && demand.hits().selectedH() != null;
  }

  /** The retained energy of the mask over a space of units; null where none is known. */
  public @Nullable Double retainedEnergy(String space) {
    return switch (space) {
      case BlockShape.INPUTS -> demand.energy().retainedEnergyX();
      case BlockShape.GLU_UNITS -> demand.energy().retainedEnergyH();
      default -> null;
    };
  }

  /** This row with the dense run's perplexity as its own, which is that of the model as it is. */
  public PointRow asDense() {
    return with(quality.measured(quality.perplexityDense()));
  }

  /** This row with the perplexities of a live run. */
  public PointRow verifiedBy(VerifiedRow live) {
    return with(quality.verifiedBy(live.perplexities()));
  }

  /** This row with a perplexity that was predicted, not measured, and its 90 % interval. */
  public PointRow predicted(double perplexity, double low, double high) {
    return with(quality.predicted(perplexity, low, high));
  }

  private PointRow with(PointPerplexity other) {
    return new PointRow(identity, setup, memory, demand, time, other);
  }
}
