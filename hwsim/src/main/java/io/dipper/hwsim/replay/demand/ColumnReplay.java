package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.trace.Recording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The replay of a layer's signals through every strand that looks at them and chooses among the
 * same units. Rows are decoded a few at a time, and each strand plays them while its state is in
 * cache.
 */
final class ColumnReplay implements ReplayTask {
  private final ReplayTasks tasks;
  private final int layer;
  private final List<Strand> strands;

  ColumnReplay(ReplayTasks tasks, int layer, List<Strand> strands) {
    this.tasks = tasks;
    this.layer = layer;
    this.strands = strands;
  }

  @Override
  public long columns() {
    return 1;
  }

  @Override
  public void run() {
    Recording recording = tasks.recording();
    UnitGroup group = strands.get(0).declared();
    LayerSignals signals = new LayerSignals(recording, group.signals(), layer);
    RetainedEnergy energy = RetainedEnergy.of(recording, layer, group, signals.own());
    int[] lengths = recording.sequenceLengths();
    int longest = Arrays.stream(lengths).max().orElse(0);
    List<MaskStream> streams =
        families().stream()
            .map(family -> new MaskStream(family, tasks, signals, longest, energy))
            .toList();
    List<Foresight> foresight =
        streams.stream().flatMap(stream -> stream.foresight().stream()).toList();
    RowVisitor.walk(
        lengths,
        new RowVisitor() {
          @Override
          public void begin(int first, int length) {
            foresee(foresight, first, length);
            streams.forEach(MaskStream::begin);
          }

          @Override
          public void visit(int first, int position, int count) {
            energy.read(first, position, count);
            streams.forEach(stream -> stream.play(first, position, count));
            tasks.progress().advance(count);
          }
        });
    streams.forEach(MaskStream::finish);
  }

  /** Tells caches that see the future what is coming; each row is read once for all of them. */
  private static void foresee(List<Foresight> foresight, int first, int length) {
    foresight.forEach(Foresight::begin);
    for (int from = 0; from < length && !foresight.isEmpty(); from += RowBlock.ROWS) {
      int rows = Math.min(RowBlock.ROWS, length - from);
      for (Foresight each : foresight) {
        each.see(first + from, from, rows);
      }
    }
  }

  /** The strands, those with the same masks together. */
  private List<List<Strand>> families() {
    List<List<Strand>> families = new ArrayList<>();
    for (Strand strand : strands) {
      families.stream()
          .filter(family -> strand.sharesMasksWith(family.get(0)))
          .findFirst()
          .ifPresentOrElse(
              family -> family.add(strand), () -> families.add(new ArrayList<>(List.of(strand))));
    }
    return families;
  }
}
