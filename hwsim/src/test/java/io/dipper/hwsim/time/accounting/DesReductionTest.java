package io.dipper.hwsim.time.accounting;

import static io.dipper.hwsim.time.accounting.DesRuns.BLOCK;
import static io.dipper.hwsim.time.accounting.DesRuns.RESOLUTION;
import static io.dipper.hwsim.time.accounting.DesRuns.paper;
import static io.dipper.hwsim.time.accounting.DesRuns.seconds;
import static io.dipper.hwsim.time.accounting.DesRuns.sum;
import static io.dipper.hwsim.time.accounting.DesRuns.time;
import static io.dipper.hwsim.time.accounting.Synthetic.DIP;
import static io.dipper.hwsim.time.accounting.Synthetic.GLU;
import static io.dipper.hwsim.time.accounting.Synthetic.LAYERS;
import static io.dipper.hwsim.time.accounting.Synthetic.SHAPE;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.proto.LayoutKind;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Without latencies, lanes, costs and a roofline the simulation is the closed form. */
class DesReductionTest {
  @ParameterizedTest
  @EnumSource(names = {"NONE", "IO"})
  void withAllExtrasOff_itIsThePapersClosedForm(Overlap overlap) {
    for (List<UnitGroup> groups : List.of(DIP, GLU)) {
      for (double streamed : new double[] {0, 1e5, 3e6}) {
        LayoutKind layout = LayoutKind.forNumber(streamed > 1e6 ? 1 : streamed > 0 ? 2 : 0);
        PointConfig config =
            Synthetic.config(paper(overlap), BLOCK, 16).toBuilder().setLayout(layout).build();
        MemoryPlan plan = Synthetic.plan(config, groups, streamed);
        Demand demand = Synthetic.random(groups, 7, BLOCK, BLOCK, 40);

        Timing des = new DesAccounting().time(new Workload(config, plan, demand));
        Timing paper = new PaperAccounting().time(new Workload(config, plan, demand));

        assertThat(des.tokensPerSecond()).isCloseTo(paper.tokensPerSecond(), RESOLUTION);
        assertThat(des.flashSeconds()).isCloseTo(paper.flashSeconds(), RESOLUTION);
        assertThat(des.dramSeconds()).isCloseTo(paper.dramSeconds(), RESOLUTION);
        assertThat(sum(des)).isCloseTo(sum(paper), RESOLUTION);
      }
    }
  }

  @Test
  void withAllExtrasOff_itIsTheFormulaEvaluatedDirectly() {
    PointConfig config = Synthetic.config(paper(Overlap.IO), BLOCK, 0);
    Demand demand = Synthetic.random(DIP, 3, BLOCK);
    double columnX = 0.5 * SHAPE.getIntermediateSize();
    double columnH = 0.5 * SHAPE.getHiddenSize();
    double seconds = 0;
    for (int row = 0; row < BLOCK; row++) {
      for (int layer = 0; layer < LAYERS; layer++) {
        int hitsX = demand.hits(0, layer, row);
        int missesX = demand.selected(0, layer, row) - hitsX;
        seconds += 2 * Math.max(missesX * columnX / 1e9, hitsX * columnX / 60e9);
        int hitsH = demand.hits(1, layer, row);
        int missesH = demand.selected(1, layer, row) - hitsH;
        seconds += Math.max(missesH * columnH / 1e9, hitsH * columnH / 60e9);
      }
    }
    double g = 0.5;
    double head = 512.0 * 8192;
    double attention = 0.5 * 512 * 512 * (2 + 2 * g) * LAYERS;
    double kv = BLOCK / 2.0 * 512 * 2 * LAYERS * g;
    seconds += BLOCK * (head + attention + kv) / 60e9;

    Timing des = time(config, DIP, demand, 0);

    assertThat(des.tokensPerSecond()).isCloseTo(BLOCK / seconds, RESOLUTION);
  }
}
