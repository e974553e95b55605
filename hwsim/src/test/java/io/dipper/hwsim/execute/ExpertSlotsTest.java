package io.dipper.hwsim.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.execute.file.ExpertStore;
import io.dipper.hwsim.execute.product.Blocks;
import io.dipper.hwsim.replay.demand.ExpertBudget;
import io.dipper.hwsim.replay.layout.ExpertSlices;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What memory experts take. */
class ExpertSlotsTest {
  @Test
  void slots_areAsManyAsCachesHoldAndATokenTakes() {
    ExpertBudget budget = new ExpertBudget(600, List.of(100L, 50L));
    ExpertStore store = new ExpertStore(Blocks.F32, 4, new ExpertSlices(List.of()));
    assertThat(ExpertSlots.count(budget, store, 2, false)).isEqualTo(2 + 3 + 4);
    assertThat(ExpertSlots.count(budget, store, 2, true)).isEqualTo(2 + 8);
    ExpertBudget small = new ExpertBudget(200, List.of(100L, 50L));
    assertThat(ExpertSlots.count(small, store, 2, false)).isEqualTo(2 + 2 + 2);
    assertThat(ExpertSlots.count(small, store, 2, true)).isEqualTo(2 + 4);
    ExpertBudget none = new ExpertBudget(0, List.of(100L, 50L));
    assertThat(ExpertSlots.count(none, store, 2, false)).isEqualTo(2);
  }
}
