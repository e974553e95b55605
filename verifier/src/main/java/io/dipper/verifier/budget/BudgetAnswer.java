package io.dipper.verifier.budget;

import io.dipper.hwsim.study.result.PointRow;
import io.dipper.verifier.scope.VerifiedPoint;
import org.jspecify.annotations.Nullable;

/**
 * What a device can do within a loss budget; null where no point keeps it.
 *
 * @param device the profile, and how time was computed
 * @param denseStream the fastest dense point of the device; null where the sweep has none
 * @param budget the perplexity that may be lost
 * @param fastest the point with the most tokens per second
 * @param smallest the point with the least memory; of the equally small the fastest
 * @param confirmed whether every point that could be better was ruled out; else live runs ran out
 */
public record BudgetAnswer(
    String device,
    @Nullable PointRow denseStream,
    double budget,
    @Nullable VerifiedPoint fastest,
    @Nullable VerifiedPoint smallest,
    boolean confirmed) {}
