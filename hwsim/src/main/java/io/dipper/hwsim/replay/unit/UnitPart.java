package io.dipper.hwsim.replay.unit;

/**
 * What a unit has of one matrix.
 *
 * @param weights their number
 * @param column whether they are a column of the matrix: then the unit is one of its inputs, and in
 *     a file of rows the weights lie apart; a row lies in one stretch
 */
public record UnitPart(int weights, boolean column) {}
