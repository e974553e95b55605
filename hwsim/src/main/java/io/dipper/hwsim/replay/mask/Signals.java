package io.dipper.hwsim.replay.mask;

import io.dipper.hwsim.replay.select.LiveRow;
import io.dipper.hwsim.replay.select.SignalRow;
import io.dipper.hwsim.replay.unit.Signal;
import io.dipper.proto.ModelShape;
import java.util.List;

/**
 * What a selector is shown of one token: a row for each signal that its group declares, in that
 * order. One object serves many tokens, so a selector keeps nothing of it. Not safe for use by many
 * threads.
 */
public final class Signals {
  private final SignalRow[] rows;
  private int position;

  /**
   * @param rows one per declared signal; their content may change from token to token
   */
  public Signals(List<? extends SignalRow> rows) {
    this.rows = rows.toArray(SignalRow[]::new);
  }

  /** The signals of a sequence's first token if all its activations are 0. */
  public static Signals zeroes(List<Signal> signals, ModelShape shape) {
    return new Signals(
        signals.stream()
            .map(signal -> new LiveRow(new float[signal.site().width(shape)]))
            .toList());
  }

  /** Turns to the token at a 0-based position of its sequence. */
  public Signals at(int newPosition) {
    position = newPosition;
    return this;
  }

  /** The token's 0-based position in its sequence. */
  public int position() {
    return position;
  }

  /** The activations of a declared signal, by its place in the group's list. */
  public SignalRow row(int signal) {
    return rows[signal];
  }

  /** The signed values of a declared signal, by its place in the group's list. */
  public float[] values(int signal) {
    return rows[signal].values();
  }
}
