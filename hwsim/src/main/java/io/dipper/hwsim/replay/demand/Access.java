package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.unit.UnitSet;

/**
 * What one token does with the units of a layer and group: which it wants, which of them are there.
 * One object serves many tokens; it and its sets are valid during the call that they are given to.
 */
public final class Access {
  private final int layer;
  private final int group;
  private int row;
  private UnitSet wanted;
  private UnitSet present;
  private UnitSet guessed;

  Access(int layer, int group, int units) {
    this.layer = layer;
    this.group = group;
    UnitSet nothing = new UnitSet(units);
    this.wanted = nothing;
    this.present = nothing;
    this.guessed = nothing;
  }

  Access of(int newRow, UnitSet newWanted, UnitSet newPresent, UnitSet newGuessed) {
    row = newRow;
    wanted = newWanted;
    present = newPresent;
    guessed = newGuessed;
    return this;
  }

  public int layer() {
    return layer;
  }

  /** The index of the group in its policy's list. */
  public int group() {
    return group;
  }

  /** The token, counted over all sequences. */
  public int row() {
    return row;
  }

  /** The units that the mask selects. */
  public UnitSet wanted() {
    return wanted;
  }

  /** The units that were cached before the token; those that are wanted too are hits. */
  public UnitSet present() {
    return present;
  }

  /** The units that were fetched before the mask was known; none of them was cached. */
  public UnitSet guessed() {
    return guessed;
  }
}
