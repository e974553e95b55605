package io.dipper.verifier;

import io.dipper.proto.AdapterSpec;
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
 * @param adapter that the points are run with, each as a point of its own; the default instance for
 *     that which each has
 * @param text what is run live
 * @param runtime how many cores to use, and how much memory for weights
 */
public record VerificationRequest(
    Path results,
    PointSelection points,
    Path model,
    Path trace,
    AdapterSpec adapter,
    LiveText text,
    RuntimeOptions runtime) {

  /**
   * What is run live.
   *
   * @param tokens where they are from
   * @param most how many of them at most
   * @param protocol how a text is cut and scored; null for blocks as long as the trace's
   */
  public record LiveText(TokenSource tokens, int most, @Nullable Protocol protocol) {}

  /** A verification on all the tokens of the sweep's trace. */
  public static VerificationRequest of(
      Path results, PointSelection points, Path model, Path trace, RuntimeOptions runtime) {
    LiveText whole = new LiveText(new TokenSource.Trace(), Integer.MAX_VALUE, null);
    return new VerificationRequest(
        results, points, model, trace, AdapterSpec.getDefaultInstance(), whole, runtime);
  }

  /**
   * This request, on other tokens.
   *
   * @param most how many of them at most
   */
  public VerificationRequest on(TokenSource tokens, int most) {
    return with(new LiveText(tokens, most, text.protocol()));
  }

  /** This request, with an adapter. */
  public VerificationRequest with(AdapterSpec beside) {
    return new VerificationRequest(results, points, model, trace, beside, text, runtime);
  }

  /** This request, with the text cut and scored as a protocol says. */
  public VerificationRequest under(Protocol protocol) {
    return with(new LiveText(text.tokens(), text.most(), protocol));
  }

  private VerificationRequest with(LiveText other) {
    return new VerificationRequest(results, points, model, trace, adapter, other, runtime);
  }

  /** How many cores to use. */
  public int threads() {
    return runtime.threads();
  }
}
