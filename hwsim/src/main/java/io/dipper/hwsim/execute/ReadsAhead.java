package io.dipper.hwsim.execute;

import io.dipper.hwsim.execute.read.Batch;
import io.dipper.hwsim.execute.read.Lanes;
import io.dipper.hwsim.time.schedule.ReadAhead;
import io.dipper.hwsim.time.schedule.Schedule;
import io.dipper.hwsim.time.schedule.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Begins to read what is known before its step comes, in the order of use and as far as the buffer
 * goes, at most a token ahead: only then is it known what a cache holds.
 */
final class ReadsAhead {
  private final Step[] steps;
  private final ReadAhead buffer;
  private final List<StepRun> runs;
  private final Lanes lanes;
  private final Map<Integer, Batch> begun = new HashMap<>();
  private int row;
  private int step;
  private int endRow;
  private double taken;

  ReadsAhead(Schedule schedule, List<StepRun> runs, Lanes lanes) {
    this.steps = schedule.plan().steps();
    this.buffer = schedule.ahead();
    this.runs = runs;
    this.lanes = lanes;
  }

  /** A sequence begins: nothing is read beyond its last token. */
  void begin(int firstRow, int rows) {
    row = firstRow;
    step = 0;
    endRow = firstRow + rows;
    taken = 0;
    begun.clear();
  }

  /** Whether what a step reads is known before. */
  boolean serves(int index) {
    return steps[index].isKnownAhead();
  }

  /** Begins what there is room for. */
  void goOn(int atRow, int atStep) {
    while (isWithinAToken(atRow, atStep)) {
      if (serves(step) && !beginIfRoom(step)) {
        return;
      }
      advance();
    }
  }

  private boolean isWithinAToken(int atRow, int atStep) {
    return row < endRow && (row == atRow || (row == atRow + 1 && step < atStep));
  }

  private boolean beginIfRoom(int index) {
    if (!buffer.hasRoom(index, taken)) {
      return false;
    }
    start(index);
    return true;
  }

  private void start(int index) {
    Batch batch = runs.get(index).fetch(row);
    if (batch != null) {
      begun.put(index, batch);
      taken += buffer.room(index);
      lanes.submit(batch, true);
    }
  }

  /** The reads of a step that comes, which begin now where there was no room before. */
  @Nullable Batch request(int atRow, int index) {
    if (row == atRow && step == index) {
      start(index);
      advance();
    }
    return begun.get(index);
  }

  /** A step has used what was read for it. */
  void consumed(int atRow, int index) {
    if (begun.remove(index) != null) {
      taken = begun.isEmpty() ? 0 : taken - buffer.room(index);
    }
    goOn(atRow, index);
  }

  private void advance() {
    step++;
    if (step == steps.length) {
      step = 0;
      row++;
    }
  }
}
