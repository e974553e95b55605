package io.dipper.hwsim.study.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.hwsim.study.setting.CanonicalJson;
import io.dipper.hwsim.study.setting.PointSettings;
import io.dipper.proto.AccountingKind;
import io.dipper.proto.CacheStart;
import io.dipper.proto.LayoutKind;
import io.dipper.proto.Overflow;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Speculation;
import io.dipper.proto.UnitOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SweepReaderTest {
  private static final String MINIMAL = "hardware: paper\ndram: 80%\npolicy: dense\n";

  @TempDir Path folder;

  private SweepSpec read(String yaml) throws IOException {
    return SweepReader.read(Files.writeString(folder.resolve("s.yaml"), yaml));
  }

  @Test
  void example_ofTheContractIsRead() throws IOException {
    SweepSpec spec =
        read(
            """
            trace: tiny.arrow
            accounting: paper            # or des (default)
            hardware: [apple-a18, snapdragon-8-gen-3]
            dram: [40%, 50%, 3.5 GB]     # of the model's bytes, or absolute
            cache: [lfu, lru, none]
            policy:
              - dense
              - dip:    {density: [0.4, 0.5, 0.6]}
              - dip-ca: {density: 0.3..0.9 step 0.1, gamma: [0.1, 0.2, 0.5]}
            """);
    assertThat(spec.trace()).isEqualTo(folder.resolve("tiny.arrow"));
    assertThat(spec.grid().of(PointSettings.ACCOUNTING)).containsExactly(AccountingKind.PAPER);
    assertThat(spec.grid().of(PointSettings.MEMORY))
        .extracting(c -> c.hasDramBytes() ? c.getDramBytes() : c.getDramFraction())
        .containsExactly(0.4, 0.5, 3.5e9);
    assertThat(spec.grid().of(PointSettings.POLICY)).hasSize(1 + 3 + 7 * 3);
    assertThat(spec.points()).hasSize(2 * 3 * 3 * 25);
  }

  @Test
  void range_hasTheDecimalsAsWritten() throws IOException {
    SweepSpec spec = read("hardware: paper\ncache_fraction: 0.3..0.9 step 0.1\npolicy: dense\n");
    assertThat(spec.grid().of(PointSettings.MEMORY))
        .extracting(c -> c.getCacheFraction())
        .containsExactly(0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9);
  }

  @Test
  void defaults_areThoseOfTheCommandLine() throws IOException {
    SweepSpec spec = read(MINIMAL);
    assertThat(spec.grid().of(PointSettings.ACCOUNTING)).containsExactly(AccountingKind.DES);
    assertThat(spec.grid().of(PointSettings.CACHE))
        .singleElement()
        .satisfies(c -> assertThat(c.getPolicy()).isEqualTo("lfu"));
    assertThat(spec.grid().of(PointSettings.SEED)).containsExactly(0L);
    assertThat(spec.grid().of(PointSettings.LAYOUT)).containsExactly(LayoutKind.COLUMN_MAJOR);
    assertThat(spec.trace()).isNull();
  }

  @Test
  void equalPoints_areOne() throws IOException {
    assertThat(
            read("hardware: [paper, paper]\ndram: [50%, 0.5e2%]\ncache: [lfu, lfu]\n"
                    + "policy: [dense, {dip: {density: [0.5, 0.50]}}, 'dip:density=0.5']\n")
                .points())
        .hasSize(2);
  }

  @Test
  void layouts_areADimensionOfTheGrid_andTheDefaultLeavesNoTrace() throws IOException {
    SweepSpec both = read(MINIMAL + "layout: [column-major, bundled]\n");
    assertThat(both.points())
        .extracting(PointConfig::getLayout)
        .containsExactly(LayoutKind.COLUMN_MAJOR, LayoutKind.BUNDLED);
    assertThat(both.points().get(0)).isEqualTo(read(MINIMAL).points().get(0));
    assertThat(CanonicalJson.of(both.points().get(0))).doesNotContain("layout");
    assertThat(read(MINIMAL + "layout: bundled\n").points()).isEqualTo(both.points().subList(1, 2));
  }

  @Test
  void speculations_areADimensionOfTheGrid_andTheDefaultLeavesNoTrace() throws IOException {
    SweepSpec both = read(MINIMAL + "speculation: [none, previous-layer]\n");
    assertThat(both.points())
        .extracting(PointConfig::getSpeculation)
        .containsExactly(Speculation.NO_SPECULATION, Speculation.PREVIOUS_LAYER);
    assertThat(both.points().get(0)).isEqualTo(read(MINIMAL).points().get(0));
    assertThat(CanonicalJson.of(both.points().get(0))).doesNotContain("peculation");
  }

  @Test
  void cacheStarts_areADimensionOfTheGrid_andTheDefaultLeavesNoTrace() throws IOException {
    SweepSpec all = read(MINIMAL + "cache_start: [cold, carried, prefilled]\n");
    assertThat(all.points())
        .extracting(PointConfig::getCacheStart)
        .containsExactly(CacheStart.COLD, CacheStart.CARRIED, CacheStart.PREFILLED);
    assertThat(all.points().get(0)).isEqualTo(read(MINIMAL).points().get(0));
    assertThat(CanonicalJson.of(all.points().get(0))).doesNotContain("tart");
  }

  @Test
  void waysOfFetching_areDimensionsOfTheGrid_andTheirDefaultsLeaveNoTrace() throws IOException {
    SweepSpec spec =
        read(
            MINIMAL
                + "unit_order: [natural, co-activation]\nmax_gap: [0, 4 KiB, 64 KiB]\n"
                + "min_request: [0, 16KiB]\n");
    assertThat(spec.grid().size()).isEqualTo(12);
    assertThat(spec.points()).hasSize(12);
    assertThat(spec.points()).extracting(PointConfig::getMaxGap).contains(0.0, 4096.0, 65536.0);
    assertThat(spec.points()).extracting(PointConfig::getMinRequest).contains(0.0, 16384.0);
    assertThat(spec.points())
        .extracting(PointConfig::getUnitOrder)
        .contains(UnitOrder.NATURAL, UnitOrder.CO_ACTIVATION);
    assertThat(spec.points().get(0)).isEqualTo(read(MINIMAL).points().get(0));
    assertThat(CanonicalJson.of(spec.points().get(0)))
        .doesNotContain("order", "gap", "min_request");
  }

  @Test
  void overflow_appliesToCachesThatKeepSomething() throws IOException {
    SweepSpec spec =
        read(
            MINIMAL
                + "cache: [none, lru, 'lfu:overflow=by-score']\noverflow: [random, lowest-index]\n");
    assertThat(spec.grid().of(PointSettings.CACHE))
        .extracting(c -> c.getPolicy() + " " + c.getOverflow())
        .containsExactly(
            "none " + Overflow.LOWEST_INDEX,
            "lru " + Overflow.RANDOM,
            "lru " + Overflow.LOWEST_INDEX,
            "lfu " + Overflow.BY_SCORE);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `polcy: dense`                                 | 1:1: unknown key 'polcy'; did you mean 'policy'?
          `hardware: paper\\ndram: 1 GB\\npolicy: dipp`    | 3:9: unknown policy 'dipp'; did you mean 'dip'?
          `hardware: papr\\ndram: 1 GB\\npolicy: dip`      | 1:11: there is no built-in profile 'papr'; did you mean 'paper'?
          `hardware: paper\\ndram: 40\\npolicy: dip`       | 2:7: '40' has no unit
          `hardware: paper\\npolicy: dense`               | 1:1: neither 'dram' nor 'cache_fraction'
          `hardware: paper\\ndram: 1 GB\\ncache_fraction: 0.4\\npolicy: dense` | 3:1: dram is given too
          `hardware: paper\\ncache_fraction: 1.4\\npolicy: dense` | 2:17: cache fraction 1.4
          `hardware: paper\\ndram: 1 GB\\ncache: lfo\\npolicy: dense` | 3:8: unknown cache 'lfo'; did you mean 'lfu'?
          `hardware: paper\\ndram: 1 GB\\npolicy:\\n  - dip: {density: 1.5}` | 4:20: density is 1.5; it must be a number from
          `hardware: paper\\ndram: 1 GB\\npolicy:\\n  - dip-ca: {density: 0.5, gama: 0.2}` | 4:28: unknown key 'gama'; did you mean 'gamma'?
          `hardware: paper\\ndram: 1 GB\\npolicy:\\n  - dip: {gamma: 0.5}` | 4:11: unknown key 'gamma'
          `hardware: paper\\ndram: 1 GB\\npolicy:\\n  - dip:` | 4:9: policy dip: give density, or keep_x and keep_h
          `hardware: paper\\ndram: 1 GB\\npolicy:\\n  - dip: {density: 0.3..0.9}` | 4:20: the range has no step
          `hardware: paper\\ndram: 1 GB\\npolicy:\\n  - dip: {density: 0.9..0.3 step 0.1}` | 4:20: the range 0.9..0.3 step 0.1 is empty
          `hardware: paper\\ndram: 1 GB\\npolicy:\\n  - dip: {density: 0..1 step 1e-9}` | 4:20: the range has more than
          `hardware: []\\ndram: 1 GB\\npolicy: dense`      | 1:11: the list is empty
          `dram: 1 GB\\npolicy: dense`                    | 1:1: the key 'hardware' is missing
          `hardware: paper\\ndram: 1 GB\\npolicy: dense\\nseed: -1` | 4:7: found '-1'; expected a whole number
          `hardware: paper\\ndram: 1 GB\\npolicy: dense\\nbits: {mlp: 0}` | 4:13: found '0'; expected a number of bits
          `hardware: paper\\ndram: 1 GB\\npolicy: dense\\naccounting: papr` | 4:13: unknown accounting 'papr'; did you mean 'paper'?
          `hardware: paper\\ndram: 1 GB\\npolicy: dense\\noverflow: radom` | 4:11: unknown overflow rule 'radom'; did you mean 'random'?
          `hardware: paper\\ndram: 1 GB\\npolicy: dense\\nlayout: bundeled` | 4:9: unknown layout 'bundeled'; did you mean 'bundled'?
          `hardware: paper\\ndram: 1 GB\\npolicy: dense\\nlayout: []` | 4:9: the list is empty; write column-major, bundled, row-major, as-stored or auto
          `hardware: paper\\ndram: 1 GB\\npolicy: dense\\ncache_start: [cold, warm]` | 4:21: unknown cache start 'warm'; valid are cold, carried, prefilled
          `hardware: paper\\ndram: 1 GB\\npolicy: dense\\nspeculation: previous-layr` | 4:14: unknown speculation 'previous-layr'; did you mean 'previous-layer'?
          `hardware: paper\\ndram: 1 GB\\npolicy: dense\\ncache_start: prefiled` | 4:14: unknown cache start 'prefiled'; did you mean 'prefilled'?
          `hardware: paper\\ndram: 1 GB\\npolicy: dense\\nunit_order: coactivation` | 4:13: unknown order 'coactivation'; did you mean 'co-activation'?
          `hardware: paper\\ndram: 1 GB\\npolicy: dense\\nmax_gap: [0, -4 KiB]` | 4:14: '-4 KiB' is negative; write e.g. 64 KiB, or 0 for none
          `hardware: paper\\ndram: 1 GB\\npolicy: dense\\nmax_gap: 4096` | 4:10: '4096' has no unit; fitting are
          `hardware: paper\\ndram: 1 GB\\npolicy: dense\\nmin_request: 4 GHz` | 4:14: '4 GHz' has the unit 'GHz'
          `hardware: paper\\ndram: 1 GB\\npolicy: dense\\nmin_request: []` | 4:14: the list is empty; write a number of bytes, e.g. 64 KiB or 0
          `hardware: paper\\ndram: 1 GB\\npolicy: dense\\npolicy: dip` | 4:1: the key 'policy' is already at line 3
          """)
  void wrongFile_isOneLineWithItsPlace(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml.replace("\\n", "\n")))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(folder.resolve("s.yaml") + ":" + message)
        .extracting(Throwable::getMessage)
        .asString()
        .doesNotContain("\n");
  }
}
