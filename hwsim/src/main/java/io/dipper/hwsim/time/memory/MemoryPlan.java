package io.dipper.hwsim.time.memory;

/**
 * How the memory is divided at one point.
 *
 * @param dramBytes the capacity of the DRAM, or the sum of what lies there where the cache fraction
 *     was given instead; what lies in VRAM is beside it
 * @param staticBytes attention, head, full-length KV cache and dense MLP matrices
 * @param streamedBytes the part of the static bytes that does not fit and is read from Flash for
 *     every token
 * @param cacheColumns the capacity C of a layer's cache, per group of the policy
 * @param totalBytes the whole model with its KV cache, of which a DRAM fraction is a share
 * @param ledger who takes how much
 */
public record MemoryPlan(
    double dramBytes,
    double staticBytes,
    double streamedBytes,
    int[] cacheColumns,
    double totalBytes,
    MemoryLedger ledger) {

  /** What may be read ahead and stays in no cache. */
  public double readAheadBytes() {
    return ledger.bytes(MemoryPart.READ_AHEAD);
  }

  /** What is taken beside static weights and unit caches: buffers and the page cache. */
  public double reservedBytes() {
    return readAheadBytes()
        + ledger.bytes(MemoryPart.STAGING)
        + ledger.bytes(MemoryPart.PAGE_CACHE);
  }
}
