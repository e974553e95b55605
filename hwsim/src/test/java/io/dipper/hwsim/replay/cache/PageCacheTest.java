package io.dipper.hwsim.replay.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PageCacheTest {
  /** Capacity 3: pages 0, 1, 2 enter; 0 is used twice and outlives the newer ones. */
  @Test
  void aSecondUse_promotes() {
    PageCache cache = new PageCache(8, 3, 4096);
    for (int page = 0; page < 3; page++) {
      read(cache, page);
    }
    assertThat(cache.use(0)).isTrue();
    read(cache, 3);
    read(cache, 4);
    assertThat(cache.contains(0)).isTrue();
    assertThat(cache.contains(1)).isFalse();
    assertThat(cache.contains(2)).isFalse();
    assertThat(cache.size()).isEqualTo(3);
  }

  /** All of a full cache is active: half of it goes back before a page can leave. */
  @Test
  void whereEverythingIsActive_theOldestLeaves() {
    PageCache cache = new PageCache(8, 4, 4096);
    for (int page = 0; page < 4; page++) {
      read(cache, page);
      cache.use(page);
    }
    read(cache, 5);
    assertThat(cache.contains(0)).isFalse();
    assertThat(cache.contains(1)).isTrue();
  }

  @Test
  void aCyclicScan_ofMoreThanTheCache_hitsNothing() {
    PageCache cache = new PageCache(100, 99, 4096);
    int hits = 0;
    for (int i = 0; i < 1000; i++) {
      hits += read(cache, i % 100) ? 1 : 0;
    }
    assertThat(hits).isZero();
  }

  @Test
  void theActiveList_mayBeLonger_whereThereIsMoreMemory() {
    assertThat(PageCache.activePerInactive(0.5e9)).isEqualTo(1);
    assertThat(PageCache.activePerInactive(1L << 30)).isEqualTo(3);
    assertThat(PageCache.activePerInactive(10.0 * (1L << 30))).isEqualTo(10);
    assertThat(PageCache.activePerInactive(100.0 * (1L << 30))).isEqualTo(31);
  }

  /** Random uses, scans, one page again and again; capacities 0 and beyond the file. */
  @Property(tries = 400)
  void itIsTheNaiveOne(
      @ForAll @IntRange(min = 1, max = 40) int pages,
      @ForAll @IntRange(max = 50) int capacity,
      @ForAll @IntRange(max = 2) int gib,
      @ForAll @IntRange(max = 3) int pattern,
      @ForAll int seed) {
    double pageBytes = capacity == 0 ? 4096 : gib * (double) (1L << 30) / capacity + 1;
    int ratio = (int) PageCache.activePerInactive(capacity * pageBytes);
    PageCache cache = new PageCache(pages, capacity, pageBytes);
    NaivePageCache naive = new NaivePageCache(capacity, ratio);
    Random random = new Random(seed);
    for (int i = 0; i < 400; i++) {
      int page =
          switch (pattern) {
            case 0 -> random.nextInt(pages);
            case 1 -> i % pages;
            case 2 -> 0;
            default -> Math.min(random.nextInt(pages), random.nextInt(pages));
          };
      assertThat(cache.use(page)).isEqualTo(naive.use(page));
      if (!cache.contains(page)) {
        cache.add(page);
        naive.add(page);
        if (random.nextBoolean()) {
          cache.use(page);
          naive.use(page);
        }
      }
      assertThat(cache.size()).isEqualTo(naive.size()).isLessThanOrEqualTo(capacity);
      for (int p = 0; p < pages; p++) {
        assertThat(cache.contains(p)).isEqualTo(naive.contains(p));
      }
    }
  }

  private static boolean read(PageCache cache, int page) {
    boolean hit = cache.use(page);
    if (!hit) {
      cache.add(page);
      cache.use(page);
    }
    return hit;
  }
}
