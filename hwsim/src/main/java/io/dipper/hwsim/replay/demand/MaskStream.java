package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.cache.RecordedUses;
import io.dipper.hwsim.replay.cache.UnitCache;
import io.dipper.hwsim.replay.mask.MaskSelector;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.proto.ModelShape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The masks of one policy's group in one layer, token by token, and every strand that shares them:
 * the first one's hook selects, the others play the same mask.
 */
final class MaskStream {
  private final List<Strand> strands;
  private final List<UnitHook> hooks;
  private final @Nullable UnitHook layerBefore;
  private final int layer;
  private final MaskListener listener;
  private final @Nullable RetainedEnergy energy;
  private final @Nullable RecordedUses future;
  private final MaskSelector selector;
  private final UnitCache noCache;
  private final UnitSet mask;
  private final RetainedEnergy.Share retained = new RetainedEnergy.Share();

  MaskStream(
      List<Strand> strands,
      ModelShape shape,
      int layer,
      int longest,
      @Nullable RetainedEnergy energy,
      MaskListener listener) {
    this.strands = strands;
    this.layer = layer;
    this.energy = energy;
    this.listener = listener;
    Strand first = strands.get(0);
    int units = first.declared().units();
    boolean seesTheFuture = strands.stream().anyMatch(s -> s.point().seesTheFuture());
    this.future = seesTheFuture ? new RecordedUses(units, longest) : null;
    this.selector = first.point().policy().selector(layer, first.declared());
    this.noCache = Caches.none(units);
    this.mask = new UnitSet(units);
    this.hooks = strands.stream().map(strand -> hook(strand, shape)).toList();
    this.layerBefore =
        hooks.stream().anyMatch(UnitHook::guesses)
            ? UnitHook.create(first.point().maskSource(), shape, layer - 1, first.group())
            : null;
  }

  private UnitHook hook(Strand strand, ModelShape shape) {
    return UnitHook.create(strand.point(), shape, layer, strand.group(), future);
  }

  boolean seesTheFuture() {
    return future != null;
  }

  /** Begins to foresee a new sequence. */
  void forget() {
    if (future != null) {
      future.clear();
    }
  }

  /** Notes the masks of the sequence's next rows before they are played. */
  void foresee(RowBlock block, int position, int rows) {
    for (int r = 0; r < rows && future != null; r++) {
      selector.select(block.row(r), position + r, noCache, mask);
      future.append(mask);
    }
  }

  /** Begins to play a new sequence. */
  void begin() {
    hooks.forEach(UnitHook::begin);
    if (layerBefore != null) {
      layerBefore.begin();
    }
  }

  /**
   * Plays a few rows of a sequence.
   *
   * @param before the same rows in the layer before; null where nothing is guessed of any stream
   * @param row the first row's place over all sequences
   * @param position the first row's place in its sequence
   */
  void play(RowBlock block, @Nullable RowBlock before, int row, int position, int rows) {
    for (int r = 0; r < rows; r++) {
      if (layerBefore != null && before != null) {
        UnitSet likely = layerBefore.step(before.row(r), position + r);
        hooks.forEach(hook -> hook.expect(likely));
      }
      UnitSet selected = hooks.get(0).step(block.row(r), position + r);
      tell(0, row + r, selected);
      for (int s = 1; s < hooks.size(); s++) {
        hooks.get(s).play(selected, block.row(r));
        tell(s, row + r, selected);
      }
      if (energy != null) {
        energy.add(r, selected, retained);
      }
    }
  }

  /** Whether the layer before has to be played too. */
  boolean looksBack() {
    return layerBefore != null;
  }

  private void tell(int index, int row, UnitSet selected) {
    Strand strand = strands.get(index);
    UnitHook hook = hooks.get(index);
    hook.record(strand.demand(), strand.group(), layer, row);
    listener.onMask(strand.pointIndex(), strand.group(), layer, row, selected);
  }

  /** Hands over what was summed up. */
  void finish() {
    if (energy != null) {
      for (Strand strand : strands) {
        strand.demand().recordRetained(strand.group(), layer, retained.value());
      }
    }
  }
}
