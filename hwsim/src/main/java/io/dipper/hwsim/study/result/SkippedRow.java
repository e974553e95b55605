package io.dipper.hwsim.study.result;

/**
 * A point of a sweep that cannot exist, in most cases because what must be resident does not fit
 * into its DRAM; a line of {@code skipped.csv}.
 *
 * @param policyParams the policy's parameters as a JSON object
 * @param capacity the DRAM or cache share asked for, in words
 * @param reason one line
 */
public record SkippedRow(
    String pointId,
    String hardware,
    String accounting,
    String policy,
    String policyParams,
    String cache,
    String capacity,
    String reason) {}
