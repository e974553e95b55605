package io.dipper.hwsim.study.result;

import io.dipper.hwsim.study.result.VerifiedRow.Rates;
import io.dipper.hwsim.study.result.VerifiedRow.Similarity;
import io.dipper.hwsim.study.result.VerifiedRow.Speeds;

/** Rows for tests. */
final class Rows {
  private Rows() {}

  /** A row whose every value is awkward: quotes, commas, subnormal and repeating numbers. */
  static PointRow full() {
    return new Row()
        .with("point_id", "0123456789ab")
        .with("trace", "a \"quoted\", trace\n.arrow")
        .with("model", "bookworm-3m")
        .with("hardware", "apple-a18")
        .with("accounting", "des")
        .with("policy", "dip-ca")
        .with("policy_params", "{\"density\":0.5,\"gamma\":0.2}")
        .with("cache", "lfu")
        .with("dram_bytes", 3.5e9)
        .with("cache_columns_x", 115)
        .with("cache_columns_h", 307)
        .with("density", 1.0 / 3)
        .with("hit_rate", 0.1 + 0.2)
        .with("hit_rate_x", Double.MIN_VALUE)
        .with("hit_rate_h", 1.0)
        .with("hits_x", Long.MAX_VALUE)
        .with("hits_h", (1L << 53) + 1)
        .with("selected_x", 0L)
        .with("selected_h", 7L)
        .with("flash_bytes_per_token", 2.0e-3)
        .with("dram_bytes_per_token", 1e23)
        .with("flash_requests_per_token", 12.0)
        .with("tokens", 384L)
        .with("tokens_per_second", 10677.159962850912)
        .with("ttft_s", 0.25)
        .with("resident_bytes", 5e8)
        .with("touched_bytes_per_token", 6e7)
        .with("time_flash_s", 1e-5)
        .with("time_dram_s", 2e-5)
        .with("time_compute_s", 3e-5)
        .with("time_select_s", 4e-5)
        .with("time_other_s", 5e-5)
        .with("energy_j_per_token", 0.017)
        .with("retained_energy_x", 0.99)
        .with("retained_energy_h", 0.98)
        .with("assumed_share", 0.4)
        .with("perplexity", 18.84)
        .with("perplexity_dense", 18.5)
        .with("perplexity_protocol", "disjoint-128")
        .with("trace_sha256", "f".repeat(64))
        .with("config_sha256", "0123456789ab" + "0".repeat(52))
        .with("seed", 42L)
        .with("dipper_version", "0.1.0")
        .with("flash_bytes_read_per_token", 3.0e-3)
        .with("layout", "bundled")
        .with("unit_order", "co-activation")
        .with("max_gap_bytes", 65536.0)
        .with("min_request_bytes", 0.0)
        .with("cache_start", "prefilled")
        .with("speculation", "previous-layer")
        .with("perplexity_predicted", 20.5)
        .with("perplexity_low", 19.75)
        .with("perplexity_high", 21.25)
        .with("ttft_warm_s", 0.125)
        .with("flash_unmeasured_share", 0.75)
        .with("weight_bits", "{\"mlp\":4.5}")
        .with("energy_covers", "flash+dram+compute")
        .with("caches_differ", "yes")
        .with("cache_params", "{\"overflow\":\"by-score\"}")
        .with("capacity", "50% of the model")
        .with("block_length", 2048)
        .with("prompt_length", 16)
        .with("lookups", 36_864L)
        .with("hits", 29_597L)
        .with("misses", 7_267L)
        .with("prompt_lookups", 2_662L)
        .with("prompt_hits", 0L)
        .with("dropped", 3L)
        .with("dropped_weight", 0.25)
        .with("lost_to_fewer", 0.0625)
        .with("lost_to_others", 0.125)
        .with("guessed", 512L)
        .with("guessed_right", 128L)
        .with("guess_recall", 0.375)
        .with("guess_precision", 0.4375)
        .with("tokens_per_second_low", 17.25)
        .with("tokens_per_second_high", 31.5)
        .with("one_token_cycle_bytes", 822_804_480.0)
        .with("expert_cache_bytes", 4_194_304_000.0)
        .make();
  }

  /** A row with everything that may be empty left empty. */
  static PointRow sparse() {
    return new Row()
        .with("point_id", "ba9876543210")
        .with("trace", "t.arrow")
        .with("model", "m")
        .with("hardware", "paper")
        .with("accounting", "paper")
        .with("policy", "glu")
        .with("policy_params", "{}")
        .with("cache", "none")
        .with("density", 1.0)
        .with("tokens", 1L)
        .with("tokens_per_second", 1.0)
        .with("trace_sha256", "a")
        .with("config_sha256", "b")
        .with("dipper_version", "0.1.0")
        .make();
  }

  static VerifiedRow verified() {
    return new VerifiedRow(
        new VerifiedRow.Name(
            "0123456789ab", "dip-ca", "{\"density\":0.5,\"gamma\":0.2}", "lfu", "apple-a18"),
        new LivePerplexity(20.25, 18.5, "disjoint-128", 381),
        new Rates(0.61, 0.7, 0.6, 0.69),
        new Similarity(0.5, 0.55),
        new Speeds(100.5, 101.25),
        VerifiedRow.Experts.NONE);
  }
}
