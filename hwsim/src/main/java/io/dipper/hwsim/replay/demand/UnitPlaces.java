package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.UnitOrder;
import org.jspecify.annotations.Nullable;

/** Where the units of every layer and group lie among one another on Flash. */
public interface UnitPlaces {
  /** Every unit at its own index, as in the model. */
  UnitPlaces NATURAL =
      new UnitPlaces() {
        @Override
        public UnitOrder order() {
          return UnitOrder.NATURAL;
        }

        @Override
        public int @Nullable [] of(int layer, UnitGroup group) {
          return null;
        }
      };

  /** The order that these places follow. */
  UnitOrder order();

  /** The place of each unit, a permutation of 0 .. N-1 not to be written to; null for their own. */
  int @Nullable [] of(int layer, UnitGroup group);
}
