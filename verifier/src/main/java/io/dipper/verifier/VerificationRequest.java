package io.dipper.verifier;

import io.dipper.tracegen.corpus.Protocol;
import io.dipper.tracegen.runtime.RuntimeOptions;
import io.dipper.verifier.scope.PointSelection;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What to verify, with what.
 *
 * @param results the folder of a sweep
 * @param points which of its points
 * @param model the model that the trace was recorded from
 * @param trace the trace of the sweep
 * @param tokens what is run live
 * @param maxTokens how many of them at most
 * @param protocol how a text is cut and scored; null for blocks as long as the trace's
 * @param runtime how many cores to use, and how much memory for weights
 */
public record VerificationRequest(
    Path results,
    PointSelection points,
    Path model,
    Path trace,
    TokenSource tokens,
    int maxTokens,
    @Nullable Protocol protocol,
    RuntimeOptions runtime) {

  /** A verification on all the tokens of the sweep's trace. */
  public static VerificationRequest of(
      Path results, PointSelection points, Path model, Path trace, RuntimeOptions runtime) {
    return new VerificationRequest(
        results, points, model, trace, new TokenSource.Trace(), Integer.MAX_VALUE, null, runtime);
  }

  /** The same on other tokens. */
  public VerificationRequest on(TokenSource other, int most) {
    return new VerificationRequest(results, points, model, trace, other, most, protocol, runtime);
  }

  /** The same under another protocol. */
  public VerificationRequest under(Protocol other) {
    return new VerificationRequest(
        results, points, model, trace, tokens, maxTokens, other, runtime);
  }

  /** How many cores to use. */
  public int threads() {
    return runtime.threads();
  }
}
