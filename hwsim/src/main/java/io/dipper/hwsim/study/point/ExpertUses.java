package io.dipper.hwsim.study.point;

import io.dipper.hwsim.replay.expert.ExpertUse;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.hwsim.study.result.ExpertUseRow;
import io.dipper.trace.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** How often the routers of a trace chose each expert, as rows. */
final class ExpertUses {
  private ExpertUses() {}

  /** Layer by layer, expert by expert; empty where no router was recorded. */
  static List<ExpertUseRow> of(Recording recording) {
    if (!ExpertUse.isKnown(recording)) {
      return List.of();
    }
    int[] layers = Experts.layers(recording.model());
    long[][] uses = ExpertUse.of(recording);
    List<ExpertUseRow> rows = new ArrayList<>();
    for (int l = 0; l < uses.length; l++) {
      long tokens = LongStream.of(uses[l]).sum() / recording.model().getExpertsPerToken();
      for (int expert = 0; expert < uses[l].length; expert++) {
        rows.add(new ExpertUseRow(layers[l], expert, tokens, uses[l][expert]));
      }
    }
    return rows;
  }
}
