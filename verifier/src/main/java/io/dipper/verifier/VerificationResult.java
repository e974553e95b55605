package io.dipper.verifier;

import io.dipper.verifier.budget.BudgetAnswer;
import io.dipper.verifier.live.Estimate;
import io.dipper.verifier.scope.VerifiedPoint;
import java.util.List;

/**
 * What a verification found.
 *
 * @param protocol of all perplexities
 * @param dense the perplexity of the model without masks, on the same tokens
 * @param points the points that were verified, in the order of the sweep
 * @param budgets the answers of a budget search, by device and budget; else empty
 * @param liveRuns how many masked passes through the model were made; points that share masks need
 *     one, and what was run before needs none
 */
public record VerificationResult(
    String protocol,
    Estimate dense,
    List<VerifiedPoint> points,
    List<BudgetAnswer> budgets,
    int liveRuns) {}
