package io.dipper.hwsim.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnitMemoryTest {
  private static final int UNIT = 1 << 20;

  @Test
  void unitsTakenInOrder_lieInOrder_whateverWasGivenUpBefore() {
    UnitMemory memory = new UnitMemory(UNIT, 40);
    int[] first = take(memory, 40);
    for (int i : new int[] {7, 30, 3, 29, 12}) {
      memory.give(first[i]);
    }
    assertThat(take(memory, 5)).isSorted().doesNotHaveDuplicates();
    for (int i = 39; i >= 0; i--) {
      memory.give(first[i]);
    }
    assertThat(take(memory, 40)).isEqualTo(first);
  }

  @Test
  void moreThanWasForeseen_isThere_andNoSlotIsTakenTwice() {
    UnitMemory memory = new UnitMemory(UNIT, 1);
    int[] slots = take(memory, 50);
    assertThat(slots).doesNotHaveDuplicates();
    assertThat(
            IntStream.of(slots)
                .mapToObj(s -> List.of(System.identityHashCode(memory.array(s)), memory.at(s))))
        .doesNotHaveDuplicates();
  }

  private static int[] take(UnitMemory memory, int count) {
    return IntStream.range(0, count).map(i -> memory.take()).toArray();
  }
}
