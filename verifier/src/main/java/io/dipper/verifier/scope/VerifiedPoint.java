package io.dipper.verifier.scope;

import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.VerifiedRow;
import io.dipper.verifier.live.Estimate;

/**
 * A point that was run live.
 *
 * @param point the point, as simulated, with the perplexities of its live run
 * @param row what goes into {@code verify.csv}
 * @param perplexity of the live run, with its standard error over blocks
 * @param loss the perplexity above the dense run's, paired block by block
 * @param increase of the mean negative log-likelihood over the dense run's, in nats, paired too
 */
public record VerifiedPoint(
    PointRow point, VerifiedRow row, Estimate perplexity, Estimate loss, Estimate increase) {}
