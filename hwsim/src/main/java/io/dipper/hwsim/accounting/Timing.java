package io.dipper.hwsim.accounting;

/**
 * The time of a point on a device. Times are means per token, in seconds; their sum is the elapsed
 * time per token.
 *
 * @param tokensPerSecond the mean over sequences of each sequence's throughput
 * @param ttftSeconds the time to first token
 * @param flashSeconds waiting for Flash alone
 * @param dramSeconds reading DRAM (and not waiting for Flash at the same time)
 * @param computeSeconds bound by arithmetic
 * @param selectSeconds choosing and gathering units
 * @param otherSeconds launches, synchronisation, anything else
 * @param flashRequestsPerToken requests sent to Flash
 * @param energyJoulePerToken NaN where the profile gives no energies
 */
public record Timing(
    double tokensPerSecond,
    double ttftSeconds,
    double flashSeconds,
    double dramSeconds,
    double computeSeconds,
    double selectSeconds,
    double otherSeconds,
    double flashRequestsPerToken,
    double energyJoulePerToken) {}
