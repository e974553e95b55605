package io.dipper.hwsim.replay.unit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.proto.ModelShape;
import org.junit.jupiter.api.Test;

class BlockShapeTest {
  @Test
  void modelWithExperts_isRefusedByNameInOneLine() {
    ModelShape shape = ModelShape.newBuilder().setName("many").setLayers(2).setExperts(16).build();
    assertThatThrownBy(() -> BlockShape.of(shape))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "many: its layers have 16 experts, and masks over the units of a dense MLP do not"
                + " apply to them");
  }
}
