package io.dipper.hwsim.study.result;

/**
 * What tells a point from others, and what it is over.
 *
 * @param pointId the first 12 hexadecimal digits of {@code configSha256}
 * @param trace the file name of the trace, marked {@code (synthetic)} where it is
 */
public record PointIdentity(
    String pointId,
    String trace,
    String model,
    String traceSha256,
    String configSha256,
    String dipperVersion) {}
