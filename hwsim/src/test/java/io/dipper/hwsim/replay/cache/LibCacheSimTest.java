package io.dipper.hwsim.replay.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.hwsim.study.result.Python;
import io.dipper.testing.OnOneJdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tokens of one unit each are ordinary accesses, and hit where libCacheSim's policy of that name
 * hits, access by access. Its LFU and LFUDA are left out: they forget a unit's uses when it goes,
 * or add the cache's age with every hit, and they part with the oldest of equals.
 */
@OnOneJdk
class LibCacheSimTest {
  private static final int UNITS = 400;
  private static final int ACCESSES = 20_000;
  private static final String SCRIPT =
      """
      import sys
      import libcachesim as lcs
      cache = eval('lcs.' + sys.argv[1], {'lcs': lcs, 'C': int(sys.argv[2])})
      hits = []
      for unit in open(sys.argv[3]).read().split():
          request = lcs.Request()
          request.obj_id = int(unit) + 1
          request.obj_size = 1
          hits.append('1' if cache.get(request) else '0')
      print(''.join(hits))
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lru                            | LRU(C)
          fifo                           | FIFO(C)
          clock                          | Clock(C)
          clock:bits=2                   | Clock(C, n_bit_counter=2)
          slru                           | SLRU(C)
          two-queue                      | TwoQ(C)
          two-queue:in=0.1,out=0.8       | TwoQ(C, a_in_size_ratio=0.1, a_out_size_ratio=0.8)
          arc                            | ARC(C)
          s3-fifo                        | S3FIFO(C)
          s3-fifo:small=0.3,ghost=0.5,threshold=1 | S3FIFO(C, small_size_ratio=0.3, ghost_size_ratio=0.5, move_to_main_threshold=1)
          sieve                          | Sieve(C)
          """)
  void singleAccesses_hitWhereTheyHitThere(String spec, String theirs)
      throws IOException, InterruptedException {
    Python.needs("libcachesim");
    int[] stream = stream();
    StringBuilder text = new StringBuilder();
    for (int unit : stream) {
      text.append(unit).append(' ');
    }
    Path file = Files.writeString(folder.resolve("stream.txt"), text);
    for (int capacity : new int[] {40, 100, 200}) {
      String there =
          Python.run(SCRIPT, theirs.strip(), Integer.toString(capacity), file.toString()).strip();
      assertThat(hits(spec.strip(), capacity, stream))
          .as("%s with room for %d", spec, capacity)
          .isEqualTo(there);
    }
  }

  private static String hits(String spec, int capacity, int[] stream) {
    UnitCache cache = Caches.create(Caches.parse(spec), CacheContext.of(UNITS, capacity, 0));
    cache.reset();
    StringBuilder hits = new StringBuilder();
    UnitSet mask = new UnitSet(UNITS);
    for (int unit : stream) {
      mask.clear();
      mask.add(unit);
      hits.append(cache.cached().contains(unit) ? '1' : '0');
      cache.update(mask, new float[UNITS]);
    }
    return hits.toString();
  }

  /** Some units often, whole scans of others now and then, and a taste that changes. */
  private static int[] stream() {
    Random random = new Random(5);
    int[] stream = new int[ACCESSES];
    int shift = 0;
    for (int i = 0; i < ACCESSES; i++) {
      if (i % 4_000 == 0) {
        shift = random.nextInt(UNITS);
      }
      boolean scan = i / 500 % 4 == 3;
      int popular = (int) (UNITS * Math.pow(random.nextDouble(), 3));
      stream[i] = scan ? i % UNITS : (popular + shift) % UNITS;
    }
    return stream;
  }
}
