package io.dipper.hwsim.replay.policy;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.mask.CacheView;
import io.dipper.hwsim.replay.mask.MaskSelector;
import io.dipper.hwsim.replay.mask.Signals;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.trace.MaskTable;
import java.nio.file.Path;

/** Plays one layer and group of a table of masks, sequence after sequence from the first on. */
final class RecordedSelector implements MaskSelector {
  private final MaskTable table;
  private final String group;
  private final int layer;
  private final Path file;
  private int firstToken;
  private int nextToken;

  RecordedSelector(MaskTable table, String group, int layer, Path file) {
    this.table = table;
    this.group = group;
    this.layer = layer;
    this.file = file;
  }

  @Override
  public void select(Signals signals, CacheView cache, UnitSet mask) {
    int position = signals.position();
    if (position == 0) {
      firstToken = nextToken;
    }
    int token = firstToken + position;
    if (token >= table.tokens()) {
      throw UserException.in(
          file, "has masks for " + table.tokens() + " tokens, and the run goes on");
    }
    table.read(group, layer, token, mask.words());
    nextToken = token + 1;
  }
}
