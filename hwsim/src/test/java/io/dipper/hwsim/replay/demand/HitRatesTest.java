package io.dipper.hwsim.replay.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.hwsim.replay.unit.Groups;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.ModelShape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hit rates of a demand small enough to work out by hand. */
class HitRatesTest {
  private static final List<UnitGroup> DIP =
      Groups.inputAndGlu(ModelShape.newBuilder().setHiddenSize(4).setIntermediateSize(8).build());
  private static final UnitGroup X = DIP.get(0);
  private static final UnitGroup H = DIP.get(1);

  /** x: 1/2 and nothing selected (1); h: 0/4 and 3/4. Weighted: (2·1.5 + 0.75) / (2·2 + 2). */
  @Test
  void rates_areMeansOverCalls_weightedByMatrices() {
    Demand demand = new Demand(List.of(X, H), 1, new int[] {2});
    demand.record(0, 0, 0, 2, 1, 1);
    demand.record(0, 0, 1, 0, 0, 0);
    demand.record(1, 0, 0, 4, 0, 2);
    demand.record(1, 0, 1, 4, 3, 1);

    HitRates rates = HitRates.of(demand);

    assertThat(rates.in("x")).isCloseTo(0.75, within(1e-15));
    assertThat(rates.in("h")).isCloseTo(0.375, within(1e-15));
    assertThat(rates.all()).isCloseTo(3.75 / 6, within(1e-15));
  }

  @Test
  void aSpaceWithoutMask_hasNoRate() {
    Demand demand = new Demand(List.of(H), 1, new int[] {1});
    demand.record(0, 0, 0, 4, 1, 2);
    assertThat(HitRates.of(demand).in("x")).isNaN();
    assertThat(HitRates.of(demand).all()).isEqualTo(0.25);
  }
}
