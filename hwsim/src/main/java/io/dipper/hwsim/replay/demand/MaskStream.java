package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.mask.MaskSelector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The masks of one policy's group in one layer, token by token, and every strand that shares them:
 * the first one's cache is what the masks may look at, the others follow.
 */
final class MaskStream {
  private final List<Strand> strands;
  private final ReplayTasks tasks;
  private final LayerSignals signals;
  private final @Nullable Foresight foresight;
  private final List<CachePlayer> caches = new ArrayList<>();
  private final RecordedMasks masks;
  private final RetainedEnergy.Share retained;
  private final @Nullable MaskRecall recall;
  private @Nullable MasksBefore before;

  /**
   * @param longest rows of the longest sequence
   */
  MaskStream(
      List<Strand> strands,
      ReplayTasks tasks,
      LayerSignals signals,
      int longest,
      RetainedEnergy energy) {
    this.strands = strands;
    this.tasks = tasks;
    this.signals = signals;
    this.retained = energy.share();
    boolean seesTheFuture = strands.stream().anyMatch(s -> s.point().seesTheFuture());
    int units = strands.get(0).declared().units();
    this.foresight =
        seesTheFuture
            ? new Foresight(selector(), signals.own(), strands.get(0).demand(), units, longest)
            : null;
    List<MaskSink> sinks = new ArrayList<>();
    for (Strand strand : strands) {
      CachePlayer cache = cache(strand);
      caches.add(cache);
      sinks.add(MaskWindow.before(cache, strand.demand(), units));
      if (strand.demand().reading().window() > 1) {
        sinks.add(new ComputedUnits(strand.demand(), strand.group(), signals.layer()));
      }
    }
    sinks.add(retained);
    this.recall = MaskRecall.of(tasks.recording(), signals.layer(), strands.get(0).declared());
    if (recall != null) {
      sinks.add(recall);
    }
    this.masks =
        new RecordedMasks(signals.own(), new MaskLoop(selector(), caches.get(0).view(), sinks));
  }

  private MaskSelector selector() {
    return strands.get(0).selector(signals.layer());
  }

  private CachePlayer cache(Strand strand) {
    List<AccessSink> sinks = new ArrayList<>();
    sinks.add(
        strand
            .point()
            .fetch()
            .ofUnits()
            .counting(strand.demand(), signals.layer(), strand.group()));
    if (tasks.listener() != AccessListener.NONE) {
      sinks.add(access -> tasks.listener().onAccess(strand.pointIndex(), access));
    }
    return new CachePlayer(
        strand.point(),
        strand.place(signals.layer()),
        foresight == null ? null : foresight.uses(),
        this::likely,
        sinks);
  }

  /** The masks of the layer before, which are chosen from then on. */
  private LikelyMasks likely() {
    if (before == null) {
      before = new MasksBefore(strands.get(0), signals);
    }
    return before.masks();
  }

  /** The foresight that this stream needs before a sequence begins: one, or none. */
  List<Foresight> foresight() {
    return foresight == null ? List.of() : List.of(foresight);
  }

  /** Begins to play a new sequence. */
  void begin() {
    caches.forEach(CachePlayer::begin);
    if (before != null) {
      before.begin();
    }
  }

  /** Plays the sequence's next rows; see {@link RowVisitor#visit}. */
  void play(int first, int position, int count) {
    if (before != null) {
      before.play(first, position, count);
    }
    if (recall != null) {
      recall.read(first, count);
    }
    masks.play(first, position, count);
  }

  /** Hands over what was summed up. */
  void finish() {
    for (Strand strand : strands) {
      strand.demand().recordRetained(strand.group(), signals.layer(), retained.value());
      if (recall != null) {
        strand.demand().recordRecall(strand.group(), signals.layer(), recall.value());
      }
    }
  }
}
