package io.dipper.hwsim.study.point;

import io.dipper.hwsim.profile.model.ShapeRecording;
import io.dipper.proto.TraceManifest;
import io.dipper.trace.TraceReader;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * What results say of their trace, beside what was recorded in it.
 *
 * @param name the file's name without its folder, so that results do not depend on where it lies
 * @param sha256 of the file, in hexadecimal; empty without one
 * @param manifest what the file says of itself
 * @param densePerplexity exp of the mean recorded NLL; empty where none was recorded
 */
public record TraceInfo(
    String name, String sha256, TraceManifest manifest, OptionalDouble densePerplexity) {
  /** What a trace file says. */
  public static TraceInfo of(Path file, TraceReader reader) {
    String name = String.valueOf(file.getFileName());
    return new TraceInfo(name, reader.sha256(), reader.manifest(), perplexity(reader.nll()));
  }

  /** What results say of a run without a trace. */
  public static TraceInfo of(ShapeRecording run) {
    TraceManifest manifest =
        TraceManifest.newBuilder()
            .setModel(run.model())
            .setSequences(1)
            .setTokens(run.tokens())
            .build();
    return new TraceInfo("shape:" + run.shape().name(), "", manifest, OptionalDouble.empty());
  }

  /** The name, with a mark on a trace that no model ever made. */
  public String label() {
    return manifest.getSynthetic() ? name + " (synthetic)" : name;
  }

  /**
   * The perplexity of a run.
   *
   * @param nll −log p of each token in nats; NaN where a token was not scored
   */
  public static OptionalDouble perplexity(float[] nll) {
    double sum = 0;
    int scored = 0;
    for (float value : nll) {
      if (!Float.isNaN(value)) {
        sum += value;
        scored++;
      }
    }
    return scored == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.exp(sum / scored));
  }
}
