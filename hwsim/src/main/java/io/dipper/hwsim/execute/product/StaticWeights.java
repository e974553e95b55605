package io.dipper.hwsim.execute.product;

import io.dipper.hwsim.execute.team.Team;
import java.util.ArrayList;
import java.util.List;

/**
 * The static weights of a step: rows of as many weights as the model is wide. The first rows are
 * streamed where some are, the others lie in memory.
 */
public final class StaticWeights {
  private static final int ARRAY_BYTES = 1 << 25;

  private final Products products;
  private final int rowWeights;
  private final int rowBytes;
  private final int rowsPerArray;
  private final int streamedRows;
  private final int residentRows;
  private final List<byte[]> arrays = new ArrayList<>();

  /**
   * @param width weights of a row
   * @param bytes of all weights
   * @param streamed bytes of them that do not lie in memory
   */
  public StaticWeights(WeightTemplate content, int width, double bytes, double streamed) {
    Blocks blocks = content.blocks();
    this.products = Products.of(blocks.type());
    this.rowWeights = Math.max(1, width / blocks.weights()) * blocks.weights();
    this.rowBytes = rowWeights / blocks.weights() * blocks.bytes();
    this.rowsPerArray = Math.max(1, ARRAY_BYTES / rowBytes);
    int rows = (int) Math.ceil(bytes / rowBytes);
    this.streamedRows = (int) Math.min(rows, streamed / rowBytes);
    this.residentRows = rows - streamedRows;
    for (int row = 0; row < residentRows; row += rowsPerArray) {
      int more = Math.min(rowsPerArray, residentRows - row);
      arrays.add(content.array((long) (streamedRows + row) * rowBytes, more * rowBytes));
    }
  }

  /** Rows that are streamed. */
  public int streamedRows() {
    return streamedRows;
  }

  /** The sum of the products of a member's share of a part of the rows in memory. */
  public float resident(float[] activations, int part, int parts, int member, int members) {
    int first = Team.share(residentRows, part, parts);
    int rows = Team.share(residentRows, part + 1, parts) - first;
    float sum = 0;
    for (int row = first + Team.share(rows, member, members);
        row < first + Team.share(rows, member + 1, members);
        row++) {
      int at = row % rowsPerArray * rowBytes;
      sum += products.dot(arrays.get(row / rowsPerArray), at, activations, rowWeights);
    }
    return sum;
  }

  /** The sum of the products of a member's share of the rows that a stream brought. */
  public float streamed(byte[] stream, float[] activations, int member, int members) {
    int from = Team.share(streamedRows, member, members);
    int to = Team.share(streamedRows, member + 1, members);
    float sum = 0;
    for (int row = from; row < to; row++) {
      sum += products.dot(stream, row * rowBytes, activations, rowWeights);
    }
    return sum;
  }
}
