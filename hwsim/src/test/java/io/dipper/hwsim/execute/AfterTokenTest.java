package io.dipper.hwsim.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.time.engine.Activity;
import io.dipper.hwsim.time.engine.EngineListener;
import io.dipper.hwsim.time.engine.Place;
import io.dipper.hwsim.time.engine.StepDemand;
import io.dipper.hwsim.time.engine.Stretch;
import io.dipper.hwsim.time.schedule.StepKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AfterTokenTest {
  private static final Place PLACE = new Place(0, 0, StepKind.ATTENTION);
  private static final Stretch STRETCH = new Stretch(PLACE, Activity.FLASH, 0, 1);
  private static final StepDemand DEMAND = new StepDemand(PLACE, 3, 1, 8192, 2, 5);

  private final List<Object> heard = new ArrayList<>();

  @Test
  void aListenerHears_inOrder_whenTheTokenIsOver() {
    AfterToken after =
        new AfterToken(
            new EngineListener() {
              @Override
              public void spent(Stretch stretch) {
                heard.add(stretch);
              }

              @Override
              public void demanded(StepDemand demand) {
                heard.add(demand);
              }
            });
    after.demanded(DEMAND);
    after.spent(STRETCH);
    after.demanded(DEMAND);
    assertThat(heard).isEmpty();
    after.tell();
    assertThat(heard).containsExactly(DEMAND, STRETCH, DEMAND);
    after.tell();
    assertThat(heard).as("nothing twice").hasSize(3);
  }
}
