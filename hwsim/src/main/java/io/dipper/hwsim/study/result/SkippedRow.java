package io.dipper.hwsim.study.result;

/**
 * A point of a sweep that cannot exist, in most cases because what must be resident does not fit
 * into its DRAM; a line of {@code skipped.csv}.
 *
 * @param capacity the DRAM or cache share asked for, in words
 * @param reason one line
 */
public record SkippedRow(PointName point, String capacity, String reason) {}
