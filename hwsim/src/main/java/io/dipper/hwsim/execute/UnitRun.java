package io.dipper.hwsim.execute;

import io.dipper.hwsim.replay.unit.UnitSet;

/** A step on the units of a group, of which a cache holds some. */
abstract class UnitRun extends StepRun {
  private final LayerUnits units;
  private final UnitProducts products;

  UnitRun(LayerUnits units, UnitProducts products) {
    this.units = units;
    this.products = products;
  }

  @Override
  final boolean chooses() {
    return true;
  }

  /** Where its units are. */
  final LayerUnits units() {
    return units;
  }

  /** Its products. */
  final UnitProducts products() {
    return products;
  }

  /** The memory of its units was filled by somebody else. */
  void filled() {}

  /** Keeps in memory what a cache holds after the step, and nothing else. */
  abstract void keep(UnitSet cached);
}
