package io.dipper.hwsim.execute.product;

import io.dipper.hwsim.execute.team.Team;
import io.dipper.hwsim.time.schedule.KvCosts;

/**
 * The KV cache of a layer: of each position a row of keys, which are multiplied with the query, and
 * one of values, which are added up. Query heads that share keys each read them once more.
 */
public final class KvWeights {
  private final Products products;
  private final int width;
  private final int rowBytes;
  private final int sharing;
  private final byte[] positions;

  /**
   * @param most positions that are ever kept
   */
  public KvWeights(WeightTemplate content, KvCosts costs, double most) {
    Blocks blocks = content.blocks();
    int weights = (int) (costs.bytes() / 2 / (blocks.type().bits() / 8));
    this.products = Products.of(blocks.type());
    this.width = Math.max(1, weights / blocks.weights()) * blocks.weights();
    this.rowBytes = width / blocks.weights() * blocks.bytes();
    this.sharing = Math.max(1, (int) Math.round(costs.flops() / 4 / width));
    int kept = (int) Math.ceil(Math.min(most, costs.window()));
    this.positions = content.array(0, Math.multiplyExact(kept, 2 * rowBytes));
  }

  /** A number of positions as whole ones that are kept. */
  public int whole(double some) {
    return (int) Math.min(Math.round(some), positions.length / (2 * rowBytes));
  }

  /** The weights of a row of keys or values. */
  public int width() {
    return width;
  }

  /** Attention of a member's share of some positions. */
  public void attend(float[] query, float[] sums, int attended, int member, int members) {
    int from = Team.share(attended, member, members);
    int to = Team.share(attended, member + 1, members);
    for (int position = from; position < to; position++) {
      int at = position * 2 * rowBytes;
      for (int head = 0; head < sharing; head++) {
        float score = products.dot(positions, at, query, width);
        products.add(positions, at + rowBytes, score, sums, width);
      }
    }
  }
}
