package io.dipper.hwsim.replay.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.proto.Overflow;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The method's worked examples: five units, a cache of three. Sets are bit strings, index 0 first;
 * each example first plays the tokens that lead to its state.
 */
class WorkedVectorsTest {
  private static final int UNITS = 5;

  /** {0}, {1}, {2} selected in reverse leave 11100 with ages 012. */
  @Test
  void lru_evictsTheOldestOfTheUnselected() {
    UnitCache lru = cache("lru", 3);
    play(lru, "00100", "01000", "10000");
    assertThat(bits(lru)).isEqualTo("11100");
    play(lru, "00110");
    assertThat(bits(lru)).isEqualTo("10110");
  }

  /** All ages are 0 afterwards, so the next victim is the one of lowest index. */
  @Test
  void lru_evictsAllOfTheUnselectedWhereTheMaskFillsTheCache() {
    UnitCache lru = cache("lru", 3);
    play(lru, "00100", "01000", "10000", "00111");
    assertThat(bits(lru)).isEqualTo("00111");
    play(lru, "10000");
    assertThat(bits(lru)).isEqualTo("10011");
  }

  @Test
  void lfu_evictsTheLeastCountedOfTheUnselected() {
    UnitCache lfu = cache("lfu", 3);
    play(lfu, "00011", "11100", "11000", "01000");
    assertThat(bits(lfu)).isEqualTo("11100");
    assertThat(lfu.useCounts()).containsExactly(2, 3, 1, 1, 1);
    play(lfu, "00110");
    assertThat(bits(lfu)).isEqualTo("01110");
    assertThat(lfu.useCounts()).containsExactly(2, 3, 2, 2, 1);
  }

  @Test
  void lfu_countsSelectedUnitsWhetherCachedOrNot() {
    UnitCache lfu = cache("lfu", 3);
    play(lfu, "00011", "11100");
    assertThat(lfu.useCounts()).containsExactly(1, 1, 1, 1, 1);
    play(lfu, "00111");
    assertThat(bits(lfu)).isEqualTo("00111");
    assertThat(lfu.useCounts()).containsExactly(1, 1, 2, 2, 2);
  }

  /**
   * 11000, then 00100 with room for two: unit 0 is needed again at token 3, unit 1 at token 4, so
   * unit 1 goes. LRU would have seen a tie and parted with unit 0.
   */
  @Test
  void belady_evictsTheFarthestFutureUse() {
    String[] tokens = {"11000", "00100", "00100", "10000", "01000"};
    RecordedUses future = new RecordedUses(UNITS, tokens.length);
    for (String token : tokens) {
      future.append(set(token));
    }
    UnitCache belady =
        Caches.create(Caches.parse("belady"), new CacheContext(UNITS, 2, 0, future, null));
    play(belady, tokens[0], tokens[1]);
    assertThat(bits(belady)).isEqualTo("10100");
  }

  @Test
  void aMaskLargerThanTheCache_keepsItsHitsAndAdmitsTheLowestIndices() {
    UnitCache lru = cache("lru", 2);
    play(lru, "00010", "11110");
    assertThat(bits(lru)).isEqualTo("10010");
  }

  @Test
  void aMaskLargerThanTheCache_mayAdmitByScore() {
    UnitCache lru =
        Caches.create(Caches.parse("lru:overflow=by-score"), CacheContext.of(UNITS, 2, 0));
    lru.update(set("00010"), new float[UNITS]);
    lru.update(set("11110"), new float[] {1, -3, 2, 0, 9});
    assertThat(bits(lru)).isEqualTo("01010");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "lru", "lfu"})
  void aCacheOfNothing_staysEmpty(String policy) {
    UnitCache cache = cache(policy, 0);
    play(cache, "11000", "11111", "00000");
    assertThat(bits(cache)).isEqualTo("00000");
  }

  @Test
  void aCacheLargerThanItsMatrix_forgetsNothing() {
    UnitCache cache = cache("lfu", 9);
    play(cache, "11000", "00011", "00000");
    assertThat(bits(cache)).isEqualTo("11011");
  }

  @Test
  void specifications_areReadAndCheckedByName() {
    assertThat(Caches.parse("lfu:overflow=random").getOverflow()).isEqualTo(Overflow.RANDOM);
    assertThat(Caches.parse("lru").getOverflow()).isEqualTo(Overflow.LOWEST_INDEX);
    assertThatThrownBy(() -> Caches.parse("lfo"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("did you mean 'lfu'");
    assertThatThrownBy(() -> Caches.parse("lru:overflow=by-scor"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("by-score");
    assertThatThrownBy(() -> Caches.parse("lru:size=3"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("valid are overflow, admission");
    assertThatThrownBy(() -> cache("belady", 3))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("only in replay");
  }

  private static UnitCache cache(String policy, int capacity) {
    return Caches.create(Caches.parse(policy), CacheContext.of(UNITS, capacity, 0));
  }

  private static void play(UnitCache cache, String... masks) {
    for (String mask : masks) {
      cache.update(set(mask), new float[UNITS]);
    }
  }

  private static UnitSet set(String bits) {
    UnitSet set = new UnitSet(bits.length());
    IntStream.range(0, bits.length()).filter(i -> bits.charAt(i) == '1').forEach(set::add);
    return set;
  }

  private static String bits(UnitCache cache) {
    return IntStream.range(0, UNITS)
        .mapToObj(i -> cache.cached().contains(i) ? "1" : "0")
        .collect(Collectors.joining());
  }
}
