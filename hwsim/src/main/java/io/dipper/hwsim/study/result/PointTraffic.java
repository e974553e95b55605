package io.dipper.hwsim.study.result;

/**
 * The bytes of a token, on average.
 *
 * @param flashBytesPerToken that are wanted of Flash
 * @param touchedBytesPerToken of head, attention, KV cache and active MLP
 */
public record PointTraffic(
    double flashBytesPerToken, double dramBytesPerToken, double touchedBytesPerToken) {}
