package io.dipper.hwsim.replay.demand;

import io.dipper.proto.ModelShape;
import io.dipper.trace.ColumnNorms;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A recording written by hand: the same values at every site of a layer.
 *
 * @param values by layer, row and unit
 */
record ArrayRecording(float[][][] values, int... sequenceLengths) implements Recording {
  @Override
  public ModelShape model() {
    return ModelShape.newBuilder()
        .setHiddenSize(values[0][0].length)
        .setIntermediateSize(values[0][0].length)
        .setLayers(values.length)
        .build();
  }

  @Override
  public Set<Site> sites() {
    return Site.ofDenseLayers();
  }

  @Override
  public int[] sequenceLengths() {
    return sequenceLengths.clone();
  }

  @Override
  public SiteColumn column(int layer, Site site) {
    return new SiteColumn() {
      @Override
      public int width() {
        return values[layer][0].length;
      }

      @Override
      public int rows() {
        return Arrays.stream(sequenceLengths).sum();
      }

      @Override
      public void read(int row, short[] out) {
        for (int unit = 0; unit < out.length; unit++) {
          out[unit] = half(values[layer][row][unit]);
        }
      }
    };
  }

  /** The binary16 bits of a number that has so few digits. */
  private static short half(float value) {
    int bits = Float.floatToIntBits(value);
    int exponent = (bits >>> 23 & 0xff) - 127 + 15;
    return (short) (value == 0 ? 0 : bits >>> 16 & 0x8000 | exponent << 10 | bits >>> 13 & 0x3ff);
  }

  @Override
  public @Nullable ColumnNorms norms() {
    return null;
  }
}
