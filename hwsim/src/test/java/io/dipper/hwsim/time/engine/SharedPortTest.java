package io.dipper.hwsim.time.engine;

import static io.dipper.hwsim.time.accounting.DesRuns.BLOCK;
import static io.dipper.hwsim.time.accounting.DesRuns.RESOLUTION;
import static io.dipper.hwsim.time.accounting.DesRuns.paper;
import static io.dipper.hwsim.time.accounting.DesRuns.seconds;
import static io.dipper.hwsim.time.accounting.DesRuns.time;
import static io.dipper.hwsim.time.accounting.Synthetic.DIP;
import static io.dipper.hwsim.time.accounting.Synthetic.LAYERS;
import static io.dipper.hwsim.time.accounting.Synthetic.q;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.demand.Count;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.time.accounting.Synthetic;
import io.dipper.hwsim.time.accounting.Timing;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Overlap;
import java.util.Set;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** DRAM whose port takes what Flash writes beside what is read. */
class SharedPortTest {
  @Test
  void whatIsReadOver_isWrittenThroughTheSharedPort_butNotReadAgain() {
    HardwareProfile.Builder device = paper(Overlap.NONE).toBuilder();
    device.getDramBuilder().setFlashTraffic(true);
    Demand wanted = Synthetic.random(DIP, 13, BLOCK);
    Demand more = new Demand(DIP, LAYERS, new int[] {BLOCK}, Set.of(Count.OVERREAD));
    double thrownAway = 0;
    for (int row = 0; row < BLOCK; row++) {
      for (int layer = 0; layer < LAYERS; layer++) {
        for (int group = 0; group < 2; group++) {
          int selected = wanted.selected(group, layer, row);
          int hits = wanted.hits(group, layer, row);
          int overread = hits < selected ? 5 : 0;
          more.record(group, layer, row, selected, hits, wanted.missedRuns(group, layer, row));
          more.record(Count.OVERREAD, group, layer, row, overread);
          thrownAway += overread * (group == 0 ? 1536.0 : 256.0);
        }
      }
    }

    double difference =
        seconds(device.build(), DIP, more, 0) - seconds(device.build(), DIP, wanted, 0);

    assertThat(difference).isCloseTo(thrownAway / BLOCK / 1e9, Percentage.withPercentage(0.1));
  }

  @Test
  void throughTheSharedPort_whatIsFetchedIsWrittenAndReadAgain() {
    HardwareProfile.Builder device = paper(Overlap.NONE).toBuilder();
    device.getDramBuilder().setFlashTraffic(true);
    Demand demand = Synthetic.random(DIP, 13, BLOCK);
    double missedBytes = 0;
    for (int layer = 0; layer < LAYERS; layer++) {
      missedBytes += (demand.selectedTotal(0, layer) - demand.hitsTotal(0, layer)) * 1536.0;
      missedBytes += (demand.selectedTotal(1, layer) - demand.hitsTotal(1, layer)) * 256.0;
    }

    double with = seconds(device.build(), DIP, demand, 0);
    double without = seconds(paper(Overlap.NONE), DIP, demand, 0);

    // Flash is far below the port's bandwidth, so only the second reading costs time.
    assertThat(with - without).isCloseTo(missedBytes / BLOCK / 60e9, RESOLUTION);
  }

  @Test
  void aSlowPort_holdsFlashBack() {
    HardwareProfile.Builder device = paper(Overlap.NONE).toBuilder();
    device.getDramBuilder().setFlashTraffic(true).setBandwidth(q(0.5e9));
    Demand demand = Synthetic.dense(DIP, 0, BLOCK);
    Timing timing = time(Synthetic.config(device.build(), BLOCK, 0), DIP, demand, 0);
    double mlp = ModelBytes.of(Synthetic.config(device.build(), BLOCK, 0)).mlp();
    assertThat(timing.flashSeconds()).isCloseTo(mlp / 0.5e9, RESOLUTION);
  }
}
