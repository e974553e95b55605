package io.dipper.hwsim.replay.demand;

/**
 * How a group's columns lie in the rows of a model file: in blocks of adjacent units that are read
 * whole.
 *
 * @param units of a block, at least 1; the first begins with the first unit
 * @param gapUnits the longest gap between two blocks that is read over
 */
public record BlockRules(int units, int gapUnits) {}
