package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.unit.Signal;
import io.dipper.hwsim.replay.unit.UnitSpace;
import io.dipper.progress.Progress;
import io.dipper.trace.Recording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be done to replay points over a recording: tasks that know nothing of one another, so
 * that threads can share them.
 */
final class ReplayTasks {
  private final Recording recording;
  private final AccessListener listener;
  private final Progress progress;
  private final Map<ColumnKey, List<Strand>> byColumn = new LinkedHashMap<>();
  private final List<ReplayTask> alone = new ArrayList<>();

  /** What strands of one column have in common, in every layer. */
  private record ColumnKey(List<Signal> signals, UnitSpace space) {}

  /**
   * @param listener hears every access
   */
  ReplayTasks(Recording recording, AccessListener listener, Progress progress) {
    this.recording = recording;
    this.listener = listener;
    this.progress = progress;
  }

  Recording recording() {
    return recording;
  }

  AccessListener listener() {
    return listener;
  }

  Progress progress() {
    return progress;
  }

  /** Adds a strand, to be replayed with others that look at the same signals. */
  void byColumn(Strand strand) {
    ColumnKey key = new ColumnKey(strand.declared().signals(), strand.declared().space());
    byColumn.computeIfAbsent(key, column -> new ArrayList<>()).add(strand);
  }

  /** Adds a task of its own. */
  void add(ReplayTask task) {
    alone.add(task);
  }

  /** All tasks, those that take longest alone last. */
  List<ReplayTask> all() {
    List<ReplayTask> all = new ArrayList<>();
    for (int layer = 0; layer < recording.model().getLayers(); layer++) {
      for (List<Strand> strands : byColumn.values()) {
        all.add(new ColumnReplay(this, layer, strands));
      }
    }
    all.addAll(alone);
    return all;
  }

  /** The work of tasks: tokens times columns of the recording. */
  long work(List<ReplayTask> tasks) {
    long columns = tasks.stream().mapToLong(ReplayTask::columns).sum();
    return columns * Arrays.stream(recording.sequenceLengths()).sum();
  }
}
