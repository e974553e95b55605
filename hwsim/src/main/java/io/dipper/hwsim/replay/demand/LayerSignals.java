package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.unit.Signal;
import io.dipper.trace.Recording;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The recorded signals that selectors of a layer look at, and those that the same selectors of the
 * layer before looked at, which are read only if somebody asks for them. Not safe for use by many
 * threads.
 */
final class LayerSignals {
  private final Recording recording;
  private final List<Signal> signals;
  private final int layer;
  private final RecordedSignals own;
  private @Nullable RecordedSignals before;

  LayerSignals(Recording recording, List<Signal> signals, int layer) {
    this.recording = recording;
    this.signals = signals;
    this.layer = layer;
    this.own = new RecordedSignals(recording, layer, signals);
  }

  int layer() {
    return layer;
  }

  RecordedSignals own() {
    return own;
  }

  /** Those of the layer before; there must be one. */
  RecordedSignals before() {
    if (before == null) {
      before = new RecordedSignals(recording, layer - 1, signals);
    }
    return before;
  }
}
