package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.progress.Progress;
import io.dipper.trace.Recording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The replay of one recorded column, a layer's signal, through every strand that looks at it and
 * chooses among the same units. Rows are decoded a few at a time, and each strand plays them while
 * its state is in cache.
 */
final class ColumnReplay implements Runnable {
  private final Recording recording;
  private final int layer;
  private final List<Strand> strands;
  private final MaskListener listener;
  private final Progress progress;

  ColumnReplay(
      Recording recording,
      int layer,
      List<Strand> strands,
      MaskListener listener,
      Progress progress) {
    this.recording = recording;
    this.layer = layer;
    this.strands = strands;
    this.listener = listener;
    this.progress = progress;
  }

  @Override
  public void run() {
    int[] lengths = recording.sequenceLengths();
    UnitGroup group = strands.get(0).declared();
    RetainedEnergy energy = RetainedEnergy.of(recording, layer, group);
    List<MaskStream> streams = streams(Arrays.stream(lengths).max().orElse(0), energy);
    RowBlock block = block(group, layer);
    RowBlock before =
        streams.stream().anyMatch(MaskStream::looksBack) ? block(group, layer - 1) : null;
    int first = 0;
    for (int length : lengths) {
      foresee(streams, block, first, length);
      streams.forEach(MaskStream::begin);
      for (int from = 0; from < length && !Thread.interrupted(); from += RowBlock.ROWS) {
        int rows = Math.min(RowBlock.ROWS, length - from);
        block.read(first + from, rows);
        if (before != null) {
          before.read(first + from, rows);
        }
        if (energy != null) {
          energy.read(block, first + from, rows);
        }
        for (MaskStream stream : streams) {
          stream.play(block, before, first + from, from, rows);
        }
        progress.advance(rows);
      }
      first += length;
    }
    streams.forEach(MaskStream::finish);
  }

  private RowBlock block(UnitGroup group, int ofLayer) {
    return new RowBlock(group.scored().column(recording, ofLayer));
  }

  /** Tells caches that see the future what is coming. */
  private static void foresee(List<MaskStream> streams, RowBlock block, int first, int length) {
    List<MaskStream> prophets = streams.stream().filter(MaskStream::seesTheFuture).toList();
    prophets.forEach(MaskStream::forget);
    for (int from = 0; from < length && !prophets.isEmpty(); from += RowBlock.ROWS) {
      int rows = Math.min(RowBlock.ROWS, length - from);
      block.read(first + from, rows);
      for (MaskStream stream : prophets) {
        stream.foresee(block, from, rows);
      }
    }
  }

  private List<MaskStream> streams(int longest, @Nullable RetainedEnergy energy) {
    List<List<Strand>> families = new ArrayList<>();
    for (Strand strand : strands) {
      families.stream()
          .filter(family -> strand.sharesMasksWith(family.get(0)))
          .findFirst()
          .ifPresentOrElse(
              family -> family.add(strand), () -> families.add(new ArrayList<>(List.of(strand))));
    }
    return families.stream()
        .map(f -> new MaskStream(f, recording.model(), layer, longest, energy, listener))
        .toList();
  }
}
