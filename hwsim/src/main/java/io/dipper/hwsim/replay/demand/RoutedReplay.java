package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.expert.ExpertDemand;
import io.dipper.hwsim.replay.expert.ExpertReplay;
import io.dipper.hwsim.replay.expert.GuessedExperts;
import io.dipper.hwsim.replay.expert.Steps;
import io.dipper.hwsim.replay.layout.ColumnReads;
import io.dipper.hwsim.replay.layout.ExpertSlices;
import io.dipper.progress.Progress;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The replay of experts, of all layers together, as they may share one cache: a row of the demand
 * for each decoded token, and one for each prompt in the demand of prompts.
 */
final class RoutedReplay implements ReplayTask {
  private static final int GROUP = 0;
  private static final int COLUMNS = 1;
  private static final double MILLIONTHS = 1e6;

  private final ReplayTasks tasks;
  private final ExpertRules rules;
  private final ReplayPoint point;
  private final Demand demand;
  private final List<List<ExpertSlices.Slice>> whole;

  RoutedReplay(ReplayTasks tasks, ExpertRules rules, ReplayPoint point, Demand demand) {
    this.tasks = tasks;
    this.rules = rules;
    this.point = point;
    this.demand = demand;
    this.whole = IntStream.range(0, demand.layers()).mapToObj(rules::wholeSlices).toList();
  }

  @Override
  public long columns() {
    return demand.layers();
  }

  @Override
  public void run() {
    Steps steps = rules.steps(tasks.recording().sequenceLengths());
    Progress progress =
        new Progress() {
          @Override
          public void start(String task, String unit, long total) {}

          @Override
          public void advance(long done) {
            tasks.progress().advance(done * columns());
          }
        };
    ExpertDemand replayed =
        new ExpertReplay(tasks.recording(), steps, rules.units(), progress).run(rules.point(point));
    int token = 0;
    int prompt = 0;
    for (int step = 0; step < steps.count(); step++) {
      boolean decode = steps.all().get(step).decode();
      enter(replayed, step, decode ? demand : demand.prompts(), decode ? token++ : prompt++);
    }
  }

  /** Rounded up, so that it is 0 only where nothing is lost. */
  private static int lost(double weight) {
    return (int) Math.ceil(MILLIONTHS * weight);
  }

  private static void guesses(GuessedExperts.Count guess, Demand into, int layer, int row) {
    into.record(Count.LIKELY, GROUP, layer, row, guess.likely());
    into.record(Count.LIKELY_RIGHT, GROUP, layer, row, guess.likelyRight());
    into.record(Count.GUESSED, GROUP, layer, row, guess.guessed());
    into.record(Count.GUESSED_RIGHT, GROUP, layer, row, guess.guessedRight());
  }

  private void enter(ExpertDemand replayed, int step, @Nullable Demand into, int row) {
    int[] layers = replayed.units().layers();
    for (int l = 0; l < layers.length && into != null; l++) {
      int layer = layers[l];
      int lookups = replayed.lookups(step, l);
      int misses = replayed.misses(step, l);
      into.record(GROUP, layer, row, lookups, lookups - misses, misses);
      long bytes =
          IntStream.concat(replayed.missed(step, l), replayed.wrong(step, l))
              .mapToLong(e -> ExpertSlices.bytesRead(whole.get(layer), e, rules.pageBytes()))
              .sum();
      into.record(Count.PAGES_READ, GROUP, layer, row, Math.toIntExact(bytes / rules.pageBytes()));
      guesses(replayed.guessed(step, l), into, layer, row);
      into.record(Count.COMPUTED, GROUP, layer, row, replayed.uses(step, l));
      into.record(Count.DROPPED, GROUP, layer, row, replayed.dropped(step, l));
      int weight = (int) Math.rint(MILLIONTHS * replayed.droppedWeight(step, l));
      into.record(Count.DROPPED_WEIGHT, GROUP, layer, row, weight);
      int fewer = lost(replayed.lostToFewer(step, l));
      into.record(Count.LOST_TO_FEWER, GROUP, layer, row, fewer);
      int others = lost(replayed.lostToOthers(step, l));
      into.record(Count.LOST_TO_OTHERS, GROUP, layer, row, others);
      if (replayed.units().columns() > 0) {
        enterColumns(replayed, step, l, into, row);
      }
    }
  }

  private void enterColumns(ExpertDemand replayed, int step, int l, Demand into, int row) {
    int layer = replayed.units().layers()[l];
    int lookups = replayed.columnLookups(step, l);
    int[] missed = replayed.missedColumns(step, l);
    into.record(COLUMNS, layer, row, lookups, lookups - missed.length, runs(missed));
    into.record(Count.COMPUTED, COLUMNS, layer, row, replayed.columnUses(step, l));
    ColumnReads reads =
        ColumnReads.of(
            rules.slices().slices(layer, rules.masked()),
            replayed.units().columns(),
            missed,
            rules.pageBytes());
    into.record(Count.READS, COLUMNS, layer, row, reads.reads());
    into.record(Count.PAGES_READ, COLUMNS, layer, row, reads.pages());
  }

  /** The runs of adjacent units among ascending ones. */
  private static int runs(int[] ascending) {
    int runs = 0;
    for (int i = 0; i < ascending.length; i++) {
      runs += i == 0 || ascending[i] != ascending[i - 1] + 1 ? 1 : 0;
    }
    return runs;
  }
}
