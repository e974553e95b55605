package io.dipper.hwsim.study.verdict;

import static io.dipper.hwsim.study.verdict.Swept.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.Row;
import io.dipper.proto.LayoutKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class EqualCachesTest {
  /** Of 10 tokens in 2 layers; so 20 steps. */
  private static Row cached(String id, String cache, int columns, long selected, long hits) {
    return row(id, "dip", 0.5, 100 + hits)
        .with("cache", cache)
        .with("cache_columns_h", columns)
        .with("selected_h", selected)
        .with("hits_h", hits);
  }

  @Test
  void masksAsLargeAsTheirCaches_areToldOnce() {
    List<EqualCaches> equal =
        EqualCaches.of(
            new Swept()
                .with(cached("a", "lru", 50, 1000, 7))
                .with(cached("b", "lfu", 50, 1000, 7))
                .points());
    assertThat(equal).hasSize(1);
    assertThat(equal.get(0).caches()).isEqualTo("lru, lfu");
    assertThat(equal.get(0).points()).extracting(PointRow::pointId).containsExactly("a", "b");
    assertThat(EqualCaches.summary(equal))
        .hasValue(
            "1 points are those of another cache again and are shown once: 1 since masks are as"
                + " large as their caches");
  }

  @Test
  void everythingThatFits_isToldOnce() {
    List<EqualCaches> equal =
        EqualCaches.of(
            new Swept()
                .with(cached("a", "lru", 99, 1000, 7).with("flash_bytes_per_token", 0.0))
                .with(cached("b", "lfu", 99, 1000, 7).with("flash_bytes_per_token", 0.0))
                .points());
    assertThat(equal).singleElement().returns("everything fits", EqualCaches::why);
  }

  @Test
  void cachesThatHitDifferently_areTwo() {
    assertThat(
            EqualCaches.of(
                new Swept()
                    .with(cached("a", "lru", 60, 1000, 7))
                    .with(cached("b", "lfu", 60, 1000, 8))
                    .points()))
        .isEmpty();
  }

  @Test
  void anotherLayout_isAnotherPoint_evenWhereItComesOutTheSame() {
    SweptPoints points =
        new Swept()
            .with(cached("a", "lru", 50, 1000, 7))
            .with(cached("b", "lfu", 50, 1000, 7), config -> config.setLayout(LayoutKind.BUNDLED))
            .points();
    assertThat(EqualCaches.of(points)).isEmpty();
    assertThat(points.varying()).containsExactly("cache", "layout");
  }

  /** What a cache was told is a part of its name, so that two of them are told apart. */
  @Test
  void anOverflowRule_isPartOfTheCachesName() {
    SweptPoints points =
        new Swept()
            .with(cached("a", "lfu", 50, 1000, 7), config -> config.setCache(Caches.parse("lfu")))
            .with(
                cached("b", "lfu", 50, 1000, 9),
                config -> config.setCache(Caches.parse("lfu:overflow=by-score")))
            .points();
    assertThat(points.rows())
        .extracting(row -> points.settings(row).get("cache"))
        .containsExactly("lfu", "lfu:overflow=by-score");
  }
}
