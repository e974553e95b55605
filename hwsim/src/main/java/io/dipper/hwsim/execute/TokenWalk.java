package io.dipper.hwsim.execute;

import io.dipper.hwsim.execute.read.Batch;
import io.dipper.hwsim.execute.read.CountedReads;
import io.dipper.hwsim.execute.read.ReadCounts;
import io.dipper.hwsim.time.engine.Activity;
import io.dipper.hwsim.time.engine.EngineListener;
import io.dipper.hwsim.time.engine.Phase;
import io.dipper.hwsim.time.engine.Place;
import io.dipper.hwsim.time.engine.StepDemand;
import io.dipper.hwsim.time.schedule.Schedule;
import io.dipper.hwsim.time.schedule.Step;
import io.dipper.proto.Overlap;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes a machine through the steps of a token and their phases, in the same order as the simulated
 * processor. While a fetch of the present step is under way the moment is Flash's, whatever goes on
 * beside it.
 */
final class TokenWalk {
  private final Schedule schedule;
  private final Step[] steps;
  private final List<Phase> order;
  private final boolean ahead;
  private final boolean readsItself;
  private final List<StepRun> runs;
  private final Machine machine;
  private final ReadsAhead readsAhead;
  private final EngineListener listener;
  private final Stopwatch watch;
  private final CountedReads counted = new CountedReads();
  private Place place;
  private int row;
  private List<Batch> pending = List.of();
  private int awaited;
  private int computed;

  /**
   * @param runs what is done in each step
   */
  TokenWalk(
      Schedule schedule,
      Overlap overlap,
      List<StepRun> runs,
      Machine machine,
      EngineListener listener,
      Stopwatch watch) {
    this.schedule = schedule;
    this.steps = schedule.plan().steps();
    this.order = Phase.order(overlap);
    this.ahead = overlap == Overlap.PIPELINE;
    this.readsItself = Phase.isIdleWhileFetching(overlap);
    this.runs = runs;
    this.machine = machine;
    this.readsAhead = new ReadsAhead(schedule, runs, machine.lanes());
    this.listener = listener;
    this.watch = watch;
    this.place = new Place(0, 0, steps[0].kind());
  }

  /** What was found and read. */
  ReadCounts counts() {
    return counted.counts();
  }

  /** A sequence begins. */
  void begin(int firstRow, int rows) {
    readsAhead.begin(firstRow, rows);
  }

  /** Turns to a step, whose choice of units is still to come where there is one. */
  void enter(int atRow, int step) {
    row = atRow;
    place = new Place(row, schedule.plan().layer(step), steps[step].kind());
    if (ahead && step == 0) {
      readsAhead.goOn(row, step);
    }
  }

  /** The present step has been at something else until now. */
  void spent(Activity activity) {
    watch.spent(place, activity);
  }

  /** Goes through the phases of a step after its choice. */
  void step(int step) {
    StepRun run = runs.get(step);
    computed = 0;
    for (int p = 0; p < order.size(); p++) {
      switch (order.get(p)) {
        case SELECT, ADMIT, READ_CACHED, READ_MISSED, LAUNCH -> {
          // Chosen before; cached after; read by the products; entered beside them.
        }
        case FETCH -> fetch(step, run);
        case AWAIT -> await(run);
        case GATHER -> {
          run.gather();
          account(Activity.GATHER);
        }
        case COMPUTE -> {
          if (computed++ == 0) {
            run.cached().forEach(this::compute);
          } else {
            compute(run.fetched());
          }
        }
      }
      if (p == order.size() - 1 && !pending.isEmpty()) {
        p -= Phase.OF_A_UNIT;
      }
    }
    run.done();
    account(Activity.COMPUTE);
  }

  private void fetch(int step, StepRun run) {
    if (ahead && readsAhead.serves(step)) {
      pending = one(readsAhead.request(row, step));
    } else {
      pending = ahead ? run.apart(row) : one(run.fetch(row));
      if (!readsItself) {
        pending.forEach(batch -> machine.lanes().submit(batch, false));
      }
    }
    awaited = 0;
    StepDemand demand =
        new StepDemand(
            place,
            run.selected(),
            run.hits(),
            pending.stream().mapToLong(Batch::bytes).sum(),
            pending.stream().mapToInt(batch -> batch.parts().size()).sum(),
            watch.nowPs());
    counted.demanded(demand);
    listener.demanded(demand);
    if (!pending.isEmpty()) {
      account(Activity.FLASH);
    }
  }

  private static List<Batch> one(@Nullable Batch batch) {
    return batch == null ? List.of() : List.of(batch);
  }

  /** Waits for the reads, or of several that are apart for the next. */
  private void await(StepRun run) {
    if (!pending.isEmpty()) {
      Batch next = pending.get(awaited++);
      if (readsItself) {
        machine.lanes().read(next);
      } else {
        machine.lanes().await(next);
      }
      account(Activity.FLASH);
      pending = awaited == pending.size() ? List.of() : pending;
    }
    run.arrived();
  }

  private void compute(IntConsumer work) {
    if (work == StepRun.NOTHING) {
      return;
    }
    long begun = watch.since();
    long busy = machine.team().run(work);
    long launch = System.nanoTime() - begun - busy;
    if (pending.isEmpty()) {
      watch.spentUntil(place, Activity.LAUNCH, begun + launch);
    }
    account(Activity.COMPUTE);
  }

  /** Enters the time since the last entry; what of it a fetch was under way is Flash's. */
  private void account(Activity activity) {
    if (!pending.isEmpty()) {
      long end = end(pending);
      watch.spentUntil(
          place, Activity.FLASH, end == 0 ? System.nanoTime() : Math.min(end, System.nanoTime()));
    }
    watch.spent(place, activity);
  }

  /** When the last of some reads ended; 0 while any is under way. */
  private static long end(List<Batch> reads) {
    long last = 0;
    for (Batch batch : reads) {
      long end = batch.end();
      if (end == 0) {
        return 0;
      }
      last = Math.max(last, end);
    }
    return last;
  }

  /** The step is over: what was read ahead for it has made room. */
  void consumed(int step) {
    if (ahead) {
      readsAhead.consumed(row, step);
    }
  }
}
