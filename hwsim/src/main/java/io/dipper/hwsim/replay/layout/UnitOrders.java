package io.dipper.hwsim.replay.layout;

import io.dipper.proto.UnitOrder;
import io.dipper.registry.Description;
import io.dipper.registry.Registry;

/** The orders of units on Flash, the default first. */
public final class UnitOrders {
  public static final Registry<UnitOrder> ALL =
      Registry.of(
          "order",
          Description.of("natural", "as in the model", "-").by(UnitOrder.NATURAL),
          Description.of("co-activation", "units that the trace selects together side by side", "-")
              .by(UnitOrder.CO_ACTIVATION));

  private UnitOrders() {}
}
