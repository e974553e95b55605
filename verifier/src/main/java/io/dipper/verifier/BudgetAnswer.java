package io.dipper.verifier;

import org.jspecify.annotations.Nullable;

/**
 * What a device can do within a loss budget; null where no point keeps it.
 *
 * @param hardware the device's profile
 * @param accounting how its time was computed
 * @param budget the perplexity that may be lost
 * @param fastest the point with the most tokens per second
 * @param smallest the point with the fewest resident bytes
 */
public record BudgetAnswer(
    String hardware,
    String accounting,
    double budget,
    @Nullable VerifiedPoint fastest,
    @Nullable VerifiedPoint smallest) {}
