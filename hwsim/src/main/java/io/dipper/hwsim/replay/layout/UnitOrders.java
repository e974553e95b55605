package io.dipper.hwsim.replay.layout;

import io.dipper.config.Nearest;
import io.dipper.error.UserException;
import io.dipper.proto.UnitOrder;
import java.util.List;
import java.util.Locale;

/** The orders of units on Flash, and their names. */
public final class UnitOrders {
  private static final List<UnitOrder> ORDERS = List.of(UnitOrder.NATURAL, UnitOrder.CO_ACTIVATION);

  private UnitOrders() {}

  /**
   * The order of a name, {@code natural} or {@code co-activation}.
   *
   * @throws UserException if there is none
   */
  public static UnitOrder parse(String name) {
    return ORDERS.stream()
        .filter(order -> print(order).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "unknown order '"
                        + name
                        + "'; "
                        + Nearest.hint(name, ORDERS.stream().map(UnitOrders::print).toList())));
  }

  /** The name of an order. */
  public static String print(UnitOrder order) {
    return order.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
