package io.dipper.verifier.live;

import io.dipper.progress.Progress;
import io.dipper.tracegen.corpus.Perplexity;
import io.dipper.tracegen.corpus.Window;
import io.dipper.tracegen.runtime.DenseModel;
import io.dipper.tracegen.runtime.MlpHook;
import java.util.ArrayList;
import java.util.List;

/**
 * An evaluation in which each token passes all layers before the next one begins, as when decoding.
 * It is slower than one in which many tokens pass a layer together.
 */
final class TokenByToken {
  private TokenByToken() {}

  /** Runs windows as sequences of their own and scores them. */
  static Perplexity evaluate(
      DenseModel model, List<Window> windows, MlpHook hook, Progress progress) {
    progress.start(
        "evaluating", "tokens", windows.stream().mapToLong(w -> w.tokens().length).sum());
    List<float[]> nll = new ArrayList<>();
    for (int w = 0; w < windows.size(); w++) {
      nll.add(evaluate(model, w, windows.get(w), hook, progress));
    }
    return new Perplexity(nll);
  }

  private static float[] evaluate(
      DenseModel model, int index, Window window, MlpHook hook, Progress progress) {
    int[] tokens = window.tokens();
    float[] nll = new float[window.scored()];
    try (DenseModel.Sequence sequence = model.begin(index, tokens.length)) {
      for (int p = 0; p < tokens.length; p++) {
        int scored = p + 1 - window.firstScored();
        int[] target = scored >= 0 && scored < nll.length ? new int[] {tokens[p + 1]} : new int[0];
        float[] found = sequence.extend(new int[] {tokens[p]}, target, hook);
        System.arraycopy(found, 0, nll, Math.max(0, scored), found.length);
        progress.advance(1);
      }
    }
    return nll;
  }
}
