package io.dipper.bench;

import io.dipper.proto.ModelShape;
import io.dipper.trace.ColumnNorms;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A recording in memory of the shape of Llama-3-8B, of one sequence. Every layer has the same rows,
 * from another one on, so it takes no more memory than one layer.
 */
final class MadeUpRecording implements Recording {
  private final int tokens;
  private final short[][] x;
  private final short[][] glu;
  private final ColumnNorms norms;

  MadeUpRecording(int tokens) {
    this.tokens = tokens;
    this.x = ActivationRows.make(tokens, model().getHiddenSize(), 0);
    this.glu = ActivationRows.make(tokens, model().getIntermediateSize(), 1);
    float[][] input = norms(model().getHiddenSize(), 2);
    this.norms = new ColumnNorms(input, input, norms(model().getIntermediateSize(), 3));
  }

  private float[][] norms(int units, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] layer = new float[units];
    for (int i = 0; i < units; i++) {
      layer[i] = (float) random.nextDouble(0.5, 2);
    }
    float[][] layers = new float[model().getLayers()][];
    Arrays.fill(layers, layer);
    return layers;
  }

  /** A fixed loop over all values, each step waiting for the one before it: FNV-1a. */
  int hash() {
    int hash = 0x811c9dc5;
    for (int layer = 0; layer < model().getLayers(); layer++) {
      for (int row = 0; row < tokens; row++) {
        hash = hash(hash(hash, x[row]), glu[row]);
      }
    }
    return hash;
  }

  private static int hash(int start, short[] values) {
    int hash = start;
    for (short value : values) {
      hash = (hash ^ value) * 0x01000193;
    }
    return hash;
  }

  @Override
  public ModelShape model() {
    return ActivationRows.LLAMA_3_8B;
  }

  @Override
  public Set<Site> sites() {
    return Set.of(Site.X, Site.GLU);
  }

  @Override
  public int[] sequenceLengths() {
    return new int[] {tokens};
  }

  @Override
  public SiteColumn column(int layer, Site site) {
    return new MemoryColumn(site == Site.X ? x : glu, 7 * layer);
  }

  @Override
  public ColumnNorms norms() {
    return norms;
  }
}
