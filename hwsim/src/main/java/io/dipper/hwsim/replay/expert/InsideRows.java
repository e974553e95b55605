package io.dipper.hwsim.replay.expert;

import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.trace.Recording;
import io.dipper.trace.SiteColumn;
import java.util.Arrays;

/**
 * The masks inside the experts of a recording's tokens. Its rows have the experts that the model
 * chose, by rank; a policy whose experts are the first of these has the same ranks. Not safe for
 * use by many threads.
 */
final class InsideRows {
  private final SiteColumn[] columns;
  private final InsideMasks masks;
  private float[] row = {};
  private int rowLayer = -1;
  private int rowToken = -1;

  /**
   * @param layers that have experts, in order
   * @throws io.dipper.error.UserException if what the mask looks at was not recorded
   */
  InsideRows(Recording recording, MaskInside inside, int[] layers) {
    this.columns =
        Arrays.stream(layers)
            .mapToObj(layer -> recording.column(layer, inside.site()))
            .toArray(SiteColumn[]::new);
    this.masks = new InsideMasks(inside, layers.length);
  }

  /**
   * The mask inside a token's expert of a rank, valid until the next call.
   *
   * @param layer counted among those that have experts
   * @param token counted over all sequences
   */
  UnitSet mask(int layer, int token, int rank) {
    if (layer != rowLayer || token != rowToken) {
      row = row.length == columns[layer].width() ? row : new float[columns[layer].width()];
      columns[layer].read(token, row);
      rowLayer = layer;
      rowToken = token;
    }
    return masks.mask(layer, row, rank * masks.units());
  }
}
