package io.dipper.hwsim.replay.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.layout.ExpertSlices.Slice;
import io.dipper.hwsim.replay.unit.Matrix;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Which pages missed columns of experts lie in, and in how many reads. */
class ColumnReadsTest {
  private static final int PAGE = 64;
  private static final int EXPERTS = 4;
  private static final int COLUMNS = 12;

  @Property(tries = 200)
  void pages_areThoseThatHoldAByteOfAColumn_andAdjacentOnesAreOneRead(
      @ForAll long seed,
      @ForAll @IntRange(min = COLUMNS, max = 3000) int bytes,
      @ForAll @IntRange(min = 0, max = 500) int place,
      @ForAll @IntRange(min = 0, max = 100) int percent) {
    Random random = new Random(seed);
    int[] wanted =
        IntStream.range(0, EXPERTS * COLUMNS).filter(c -> random.nextInt(100) < percent).toArray();
    Set<Long> pages = new TreeSet<>();
    for (int column : wanted) {
      long expert = place + (long) (column / COLUMNS) * bytes;
      long from = expert + (long) (column % COLUMNS) * bytes / COLUMNS;
      long to = expert + (long) (column % COLUMNS + 1) * bytes / COLUMNS;
      for (long at = from; at < to; at++) {
        pages.add(at / PAGE);
      }
    }
    long reads = pages.stream().filter(page -> !pages.contains(page - 1)).count();
    Slice slice = new Slice(Set.of(Matrix.DOWN), bytes, place);
    assertThat(ColumnReads.of(List.of(slice), COLUMNS, wanted, PAGE))
        .isEqualTo(new ColumnReads((int) reads, pages.size()));
  }

  @Test
  void allColumnsOfAnExpert_areTheReadOfItsSlice() {
    Slice slice = new Slice(Set.of(Matrix.UP), 1000, 10);
    int[] all = IntStream.range(COLUMNS, 2 * COLUMNS).toArray();
    assertThat(ColumnReads.of(List.of(slice, slice), COLUMNS, all, PAGE))
        .isEqualTo(new ColumnReads(2, 2 * (int) slice.pages(1, PAGE)));
  }
}
