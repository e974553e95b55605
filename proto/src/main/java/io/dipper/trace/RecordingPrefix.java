package io.dipper.trace;

import io.dipper.proto.ModelShape;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a recording: every site and layer, but only the first rows, so that the last
 * sequence may be cut short. The norms are those of the whole.
 */
public final class RecordingPrefix implements Recording {
  private final Recording whole;
  private final int[] sequenceLengths;
  private final int rows;

  private RecordingPrefix(Recording whole, int[] sequenceLengths) {
    this.whole = whole;
    this.sequenceLengths = sequenceLengths;
    this.rows = Arrays.stream(sequenceLengths).sum();
  }

  /** The first {@code tokens} tokens, or all if there are fewer. */
  public static RecordingPrefix ofTokens(Recording whole, int tokens) {
    int left = tokens;
    IntStream.Builder lengths = IntStream.builder();
    for (int length : whole.sequenceLengths()) {
      if (left > 0) {
        lengths.add(Math.min(left, length));
        left -= length;
      }
    }
    return new RecordingPrefix(whole, lengths.build().toArray());
  }

  /** The first {@code sequences} sequences, or all if there are fewer. */
  public static RecordingPrefix ofSequences(Recording whole, int sequences) {
    return new RecordingPrefix(
        whole, Arrays.stream(whole.sequenceLengths()).limit(sequences).toArray());
  }

  @Override
  public ModelShape model() {
    return whole.model();
  }

  @Override
  public Set<Site> sites() {
    return whole.sites();
  }

  @Override
  public int[] sequenceLengths() {
    return sequenceLengths.clone();
  }

  @Override
  public SiteColumn column(int layer, Site site) {
    return new FirstRows(whole.column(layer, site), rows);
  }

  @Override
  public @Nullable ColumnNorms norms() {
    return whole.norms();
  }

  private record FirstRows(SiteColumn column, int rows) implements SiteColumn {
    @Override
    public int width() {
      return column.width();
    }

    @Override
    public void read(int row, short[] out) {
      column.read(row, out);
    }

    @Override
    public void read(int row, float[] out) {
      column.read(row, out);
    }
  }
}
