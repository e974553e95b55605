package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.time.schedule.StepKind;

/**
 * Where a run is.
 *
 * @param row the token under way, counted over all sequences
 * @param layer L for the head
 * @param step of that layer
 */
public record Place(int row, int layer, StepKind step) {}
