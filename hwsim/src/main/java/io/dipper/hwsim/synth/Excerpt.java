package io.dipper.hwsim.synth;

import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.proto.ModelShape;
import io.dipper.trace.ColumnNorms;
import io.dipper.trace.Recording;
import io.dipper.trace.RecordingPrefix;
import io.dipper.trace.RoutedLayers;
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
    int[] all = IntStream.range(0, whole.model().getLayers()).toArray();
    return new Excerpt(RecordingPrefix.ofTokens(whole, mostTokens), some(all, mostLayers));
  }

  /** An excerpt of layers that have experts. */
  static Excerpt ofRoutedLayers(Recording whole, int mostLayers, int mostTokens) {
    int[] routed = Experts.layers(whole.model());
    return new Excerpt(RecordingPrefix.ofTokens(whole, mostTokens), some(routed, mostLayers));
  }

  private static int[] some(int[] layers, int most) {
    int last = layers.length - 1;
    return layers.length <= most
        ? layers
        : IntStream.range(0, most).map(i -> layers[i * last / (most - 1)]).toArray();
  }

  /** Whether a layer, counted within the excerpt, has a site. */
  boolean has(int layer, Site site) {
    return sites().contains(site) && site.width(model(), layer) > 0;
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
    ModelShape whole = beginning.model();
    ModelShape.Builder shape =
        whole.toBuilder().setLayers(layers.length).clearRouted().clearWindowed().clearStorage();
    for (int layer : layers) {
      shape.addRouted(RoutedLayers.isRouted(whole, layer));
    }
    return shape.build();
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
