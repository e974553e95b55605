package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.Arrays;
import java.util.List;

/**
 * What some tokens do with the units of every layer and group of a point: copies of the sets of
 * each {@link Access}, 3 bits per unit. Threads may log different layers and groups at once.
 */
public final class AccessLog implements AccessListener {
  private final int firstToken;
  private final int tokens;
  private final int layers;
  private final int groups;
  private final Entry[] entries;

  /**
   * What one token does with the units of a layer and group.
   *
   * @param token counted over all sequences
   * @param group the index of the group in the policy's list
   */
  public record Entry(
      int token, int layer, int group, UnitSet wanted, UnitSet present, UnitSet guessed) {}

  /**
   * A log of tokens that follow one another.
   *
   * @param firstToken counted over all sequences
   * @param groups how many a layer has
   */
  public AccessLog(int firstToken, int tokens, int layers, int groups) {
    this.firstToken = firstToken;
    this.tokens = tokens;
    this.layers = layers;
    this.groups = groups;
    this.entries = new Entry[Math.multiplyExact(tokens, layers * groups)];
  }

  @Override
  public void onAccess(int point, Access access) {
    int token = access.row() - firstToken;
    if (token >= 0 && token < tokens) {
      entries[(token * layers + access.layer()) * groups + access.group()] =
          new Entry(
              access.row(),
              access.layer(),
              access.group(),
              copy(access.wanted()),
              copy(access.present()),
              copy(access.guessed()));
    }
  }

  private static UnitSet copy(UnitSet set) {
    UnitSet copy = new UnitSet(set.size());
    copy.copyFrom(set);
    return copy;
  }

  /** What was logged, token by token, each layer by layer and group by group. */
  public List<Entry> entries() {
    return Arrays.stream(entries).filter(entry -> entry != null).toList();
  }
}
