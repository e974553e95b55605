package io.dipper.hwsim.study.result;

import io.dipper.hwsim.replay.unit.BlockShape;
import io.dipper.hwsim.table.Columns;
import org.jspecify.annotations.Nullable;

/**
 * The result of one point: what was simulated, and what came out. Its components, in this order and
 * in snake case, are the columns of {@code points.parquet} and {@code points.csv}; null where a
 * column does not apply.
 *
 * <p>Hits and selected units are totals over layers and tokens, times and bytes are means per
 * token. The suffixes x and h name what a mask chooses among: the MLP's input columns, and the
 * units of the GLU. What holds of every mask alike is in {@link GroupRow}s.
 *
 * @param pointId the first 12 hexadecimal digits of {@code configSha256}
 * @param trace the file name of the trace, marked {@code (synthetic)} where it is
 * @param policyParams the policy's parameters, defaults filled in, as a JSON object
 * @param dramBytes the DRAM capacity, or the sum of what is resident where a cache fraction was
 *     given
 * @param density the share of the MLP's weights that took part in a token, on average
 * @param hitRate hits over selected units, mean over tokens and layers, weighted by matrices
 * @param residentBytes DRAM that is used
 * @param touchedBytesPerToken head, attention, KV cache and active MLP bytes of a token
 * @param retainedEnergyX the share of the input's energy that the masks keep, the mean over layers;
 *     null where the trace does not tell, or no mask is there
 * @param retainedEnergyH the same of the GLU units
 * @param assumedShare the share of the device's numbers that were assumed
 * @param perplexity of a live run with this mask and cache; null until verified
 * @param perplexityDense of the dense run
 * @param flashBytesReadPerToken what requests read, beside the bytes that were wanted of {@code
 *     flashBytesPerToken}: whole pages, gaps read over, guesses; null where requests are not part
 *     of the accounting
 * @param layout of the units on Flash
 * @param unitOrder their order there
 * @param maxGapBytes the longest gap between two reads that is read over
 * @param minRequestBytes a smaller read is made as large
 * @param cacheStart what the caches hold when a sequence begins
 * @param speculation what is fetched before a mask is known
 * @param perplexityPredicted by the quality model; null where there is none, or it cannot tell
 * @param perplexityLow the low end of the prediction's 90 % interval
 * @param perplexityHigh the high end of it
 * @param cacheParams what the cache was told, its overflow rule where that is not the default, as a
 *     JSON object; null in results of before there were any
 * @param ttftWarmS the time to first token with full caches, where {@code ttftS} begins with what
 *     {@code cacheStart} says; null where the accounting does not tell them apart
 * @param flashUnmeasuredShare the share of the bytes read whose reads the device's table does not
 *     tell of, so that their time is a bound; null where it has no table
 * @param weightBits bits per weight and per entry of the KV cache, as a JSON object
 * @param energyCovers what the energy counts, e.g. {@code flash+dram+compute}, or why there is none
 * @param cachesDiffer whether it can matter which cache keeps units: {@code no} where forced
 *     admission leaves none of them a choice
 * @param capacity the memory as the sweep gives it, e.g. {@code 50% of the model}
 * @param blockLength the context that the KV cache is made for, in tokens
 * @param promptLength the tokens of it that are the prompt
 */
public record PointRow(
    String pointId,
    String trace,
    String model,
    String hardware,
    String accounting,
    String policy,
    String policyParams,
    String cache,
    double dramBytes,
    @Nullable Integer cacheColumnsX,
    @Nullable Integer cacheColumnsH,
    double density,
    @Nullable Double hitRate,
    @Nullable Double hitRateX,
    @Nullable Double hitRateH,
    @Nullable Long hitsX,
    @Nullable Long hitsH,
    @Nullable Long selectedX,
    @Nullable Long selectedH,
    double flashBytesPerToken,
    double dramBytesPerToken,
    @Nullable Double flashRequestsPerToken,
    long tokens,
    double tokensPerSecond,
    @Nullable Double ttftS,
    double residentBytes,
    double touchedBytesPerToken,
    @Nullable Double timeFlashS,
    @Nullable Double timeDramS,
    @Nullable Double timeComputeS,
    @Nullable Double timeSelectS,
    @Nullable Double timeOtherS,
    @Nullable Double energyJPerToken,
    @Nullable Double retainedEnergyX,
    @Nullable Double retainedEnergyH,
    @Nullable Double assumedShare,
    @Nullable Double perplexity,
    @Nullable Double perplexityDense,
    @Nullable String perplexityProtocol,
    String traceSha256,
    String configSha256,
    long seed,
    String dipperVersion,
    @Nullable Double flashBytesReadPerToken,
    @Nullable String layout,
    @Nullable String unitOrder,
    @Nullable Double maxGapBytes,
    @Nullable Double minRequestBytes,
    @Nullable String cacheStart,
    @Nullable String speculation,
    @Nullable Double perplexityPredicted,
    @Nullable Double perplexityLow,
    @Nullable Double perplexityHigh,
    @Nullable String cacheParams,
    @Nullable Double ttftWarmS,
    @Nullable Double flashUnmeasuredShare,
    @Nullable String weightBits,
    @Nullable String energyCovers,
    @Nullable String cachesDiffer,
    @Nullable String capacity,
    @Nullable Integer blockLength,
    @Nullable Integer promptLength) {

  /** Whether the model is as it is, without masks. */
  public boolean isDense() {
    return policy.equals("dense");
  }

  /** The retained energy of the mask over a space of units; null where none is known. */
  public @Nullable Double retainedEnergy(String space) {
    return switch (space) {
      case BlockShape.INPUTS -> retainedEnergyX;
      case BlockShape.GLU_UNITS -> retainedEnergyH;
      default -> null;
    };
  }

  /** This row with the perplexities of a live run. */
  public PointRow verifiedBy(VerifiedRow live) {
    return Columns.of(PointRow.class)
        .with(this, "perplexity", live.perplexity())
        .with("perplexity_dense", live.perplexityDense())
        .with("perplexity_protocol", live.perplexityProtocol())
        .row();
  }

  /** This row with a perplexity that was predicted, not measured, and its 90 % interval. */
  public PointRow predicted(double perplexity, double low, double high) {
    return Columns.of(PointRow.class)
        .with(this, "perplexity_predicted", perplexity)
        .with("perplexity_low", low)
        .with("perplexity_high", high)
        .row();
  }
}
