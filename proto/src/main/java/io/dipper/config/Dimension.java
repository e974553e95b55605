package io.dipper.config;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a quantity measures, with the units in which it may be written. The first unit listed is the
 * base unit, in which values are held. KB, MB, GB, TB are powers of 1000; KiB, MiB, GiB, TiB powers
 * of 1024.
 */
public enum Dimension {
  TIME("s", "1 s", "1e-3 ms", "1e-6 us", "1e-9 ns"),
  BYTES("B", bytes("")),
  BANDWIDTH("B/s", bytes("/s")),
  TIME_PER_BYTE("s/B", "1 s/B", "1e-6 us/B", "1e-9 ns/B", "1e-12 ps/B"),
  COMMAND_RATE("IOPS", "1 IOPS", "1e3 kIOPS", "1e6 MIOPS"),
  WEIGHT_RATE("weights/s", "1 weights/s", "1e6 Mweights/s", "1e9 Gweights/s", "1e12 Tweights/s"),
  COMPUTE_RATE(
      "FLOP/s",
      "1 FLOP/s",
      "1e6 MFLOP/s",
      "1e9 GFLOP/s",
      "1e12 TFLOP/s",
      "1e15 PFLOP/s",
      "1e9 GOPS",
      "1e12 TOPS"),
  ENERGY_PER_BYTE("J/B", "1 J/B", "1e-9 nJ/B", "1e-12 pJ/B", "8e-12 pJ/bit"),
  ENERGY_PER_FLOP("J/FLOP", "1 J/FLOP", "1e-9 nJ/FLOP", "1e-12 pJ/FLOP", "1e-15 fJ/FLOP"),
  POWER("W", "1 W", "1e-3 mW"),
  FREQUENCY("Hz", "1 Hz", "1e3 kHz", "1e6 MHz", "1e9 GHz"),
  NUMBER("1", "1 ", "0.01 %");

  private final String base;
  private final Map<String, BigDecimal> factors;

  Dimension(String base, String... units) {
    this.base = base;
    Map<String, BigDecimal> map = new LinkedHashMap<>();
    for (String unit : units) {
      int space = unit.indexOf(' ');
      map.put(unit.substring(space + 1), new BigDecimal(unit.substring(0, space)));
    }
    this.factors = Collections.unmodifiableMap(map);
  }

  /** The name of the base unit, as schemas write it; {@code 1} for a plain number. */
  public String base() {
    return base;
  }

  /** The value of each unit in the base unit; the empty unit is a plain number. */
  public Map<String, BigDecimal> factors() {
    return factors;
  }

  /** The dimension that has this base unit. */
  public static Dimension ofBase(String base) {
    return Arrays.stream(values())
        .filter(d -> d.base.equals(base))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no dimension has the base unit " + base));
  }

  private static String[] bytes(String per) {
    String[] names = {"B", "KB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "TiB"};
    long[] values = {
      1, 1000, 1_000_000, 1_000_000_000, 1_000_000_000_000L, 1L << 10, 1L << 20, 1L << 30, 1L << 40
    };
    String[] units = new String[names.length];
    for (int i = 0; i < names.length; i++) {
      units[i] = values[i] + " " + names[i] + per;
    }
    return units;
  }
}
