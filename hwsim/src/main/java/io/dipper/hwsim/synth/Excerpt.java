package io.dipper.hwsim.synth;

import io.dipper.proto.ModelShape;
import io.dipper.trace.ColumnNorms;
import io.dipper.trace.Recording;
import io.dipper.trace.RecordingPrefix;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Some layers of a recording, evenly over its depth, and its first tokens: enough to measure it.
 *
 * @param beginning all layers of the tokens that are seen
 * @param layers the recording's numbers of them
 */
record Excerpt(Recording beginning, int[] layers) implements Recording {
  /** An excerpt of at most {@code mostLayers} layers and {@code mostTokens} tokens. */
  static Excerpt of(Recording whole, int mostLayers, int mostTokens) {
    int count = whole.model().getLayers();
    int[] layers =
        count <= mostLayers
            ? IntStream.range(0, count).toArray()
            : IntStream.range(0, mostLayers).map(i -> i * (count - 1) / (mostLayers - 1)).toArray();
    return new Excerpt(RecordingPrefix.ofTokens(whole, mostTokens), layers);
  }

  int tokens() {
    return Arrays.stream(sequenceLengths()).sum();
  }

  /** Where sequences begin, by row. */
  boolean[] begins() {
    boolean[] begins = new boolean[tokens()];
    int row = 0;
    for (int length : sequenceLengths()) {
      begins[row] = true;
      row += length;
    }
    return begins;
  }

  @Override
  public int[] sequenceLengths() {
    return beginning.sequenceLengths();
  }

  @Override
  public ModelShape model() {
    return beginning.model().toBuilder().setLayers(layers.length).build();
  }

  @Override
  public Set<Site> sites() {
    return beginning.sites();
  }

  @Override
  public SiteColumn column(int layer, Site site) {
    return beginning.column(layers[layer], site);
  }

  /** Absent: norms are no part of what is measured. */
  @Override
  public @Nullable ColumnNorms norms() {
    return null;
  }
}
