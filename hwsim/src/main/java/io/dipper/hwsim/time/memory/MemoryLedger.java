package io.dipper.hwsim.time.memory;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who takes how much of a memory budget. Every part is there from the first token to the last, the
 * KV cache at its full length, so that the sum is also the peak.
 *
 * @param budgetBytes what may be taken, of VRAM and DRAM together
 * @param parts in bytes, those that take something
 * @param inVram the bytes of them that lie in VRAM, of those that have some there
 */
public record MemoryLedger(
    double budgetBytes, Map<MemoryPart, Double> parts, Map<MemoryPart, Double> inVram) {
  /** What a sum may exceed the budget by, as a share of it: rounding. */
  private static final double ROUNDING = 1e-9;

  public MemoryLedger {
    parts = positive(parts);
    inVram = positive(inVram);
  }

  /** All of it in DRAM. */
  public MemoryLedger(double budgetBytes, Map<MemoryPart, Double> parts) {
    this(budgetBytes, parts, Map.of());
  }

  private static Map<MemoryPart, Double> positive(Map<MemoryPart, Double> parts) {
    EnumMap<MemoryPart, Double> positive = new EnumMap<>(MemoryPart.class);
    parts.forEach((part, bytes) -> positive.merge(part, bytes, Double::sum));
    positive.values().removeIf(bytes -> bytes == 0);
    return Collections.unmodifiableMap(positive);
  }

  /** The bytes of a part; 0 where it takes none. */
  public double bytes(MemoryPart part) {
    return parts.getOrDefault(part, 0.0);
  }

  /** What all parts take together, at the end of a block. */
  public double peakBytes() {
    return sum(parts);
  }

  /** What of that lies in VRAM. */
  public double vramBytes() {
    return sum(inVram);
  }

  /** Of what some parts take together, the share that lies in VRAM; 0 where they take nothing. */
  public double vramShare(Set<MemoryPart> some) {
    double all = 0;
    double there = 0;
    for (MemoryPart part : some) {
      all += bytes(part);
      there += inVram.getOrDefault(part, 0.0);
    }
    return all == 0 ? 0 : there / all;
  }

  private static double sum(Map<MemoryPart, Double> bytes) {
    return bytes.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /**
   * Asserts that the parts fit, and the KV cache of a moment into its part.
   *
   * @param kvBytes what of the KV cache is resident at this moment
   */
  public void check(double kvBytes) {
    if (peakBytes() > budgetBytes * (1 + ROUNDING)) {
      throw new IllegalStateException(describe() + " exceed the budget of " + print(budgetBytes));
    }
    if (kvBytes > bytes(MemoryPart.KV_CACHE) * (1 + ROUNDING)) {
      throw new IllegalStateException(
          "a KV cache of " + print(kvBytes) + " has outgrown its part of " + describe());
    }
  }

  /** The parts for a table or a result file: a key or title, and bytes. */
  public Map<String, Double> byKey() {
    return byKey(parts);
  }

  /** Those of them that lie in VRAM, likewise. */
  public Map<String, Double> vramByKey() {
    return byKey(inVram);
  }

  private static Map<String, Double> byKey(Map<MemoryPart, Double> parts) {
    Map<String, Double> bytes = new LinkedHashMap<>();
    parts.forEach((part, size) -> bytes.put(part.key(), size));
    return bytes;
  }

  /** {@code attention 1.20 GB + head 0.53 GB + ...}. */
  public String describe() {
    return parts.entrySet().stream()
        .map(part -> part.getKey().title() + " " + print(part.getValue()))
        .collect(Collectors.joining(" + "));
  }

  /** Bytes for a message. */
  static String print(double bytes) {
    return bytes >= 1e9
        ? String.format(Locale.ROOT, "%.2f GB", bytes / 1e9)
        : String.format(Locale.ROOT, "%.2f MB", bytes / 1e6);
  }
}
