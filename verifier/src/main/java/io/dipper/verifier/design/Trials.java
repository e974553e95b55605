package io.dipper.verifier.design;

import io.dipper.hwsim.replay.demand.MaskIdentity;
import io.dipper.hwsim.study.quality.LiveSample;
import io.dipper.hwsim.study.quality.LostEnergy;
import io.dipper.hwsim.study.quality.QualityFit;
import io.dipper.hwsim.study.quality.QualityModel;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.verifier.candidate.Candidate;
import io.dipper.verifier.candidate.Candidates;
import io.dipper.verifier.candidate.Goal;
import io.dipper.verifier.live.Estimate;
import io.dipper.verifier.scope.ScopedPoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The live runs that a sweep allows, those that were made, and the quality model that follows from
 * them.
 */
public final class Trials {
  private final Map<Trial, ScopedPoint> every = new LinkedHashMap<>();
  private final Map<Trial, LiveSample> done = new LinkedHashMap<>();
  private final List<LiveSample> brought;
  private final Function<ScopedPoint, Estimate> increase;

  /**
   * @param points the sweep's; those with an adapter are left out, as no quality model knows what
   *     it regains
   * @param brought runs that were made elsewhere, for the same model
   * @param increase runs a point live and tells the increase of the mean negative log-likelihood,
   *     in nats
   */
  public Trials(
      Collection<ScopedPoint> points,
      List<LiveSample> brought,
      Function<ScopedPoint, Estimate> increase) {
    this.brought = List.copyOf(brought);
    this.increase = increase;
    Map<MaskIdentity, List<ScopedPoint>> byMasks = new LinkedHashMap<>();
    for (ScopedPoint point : points) {
      if (!point.row().hasAdapter()) {
        byMasks.computeIfAbsent(masks(point), masks -> new ArrayList<>()).add(point);
      }
    }
    for (List<ScopedPoint> same : byMasks.values()) {
      ScopedPoint first = same.get(0);
      Optional<LostEnergy> lost = LostEnergy.of(first.planned().policy(), first.row());
      List<Candidate> candidates = same.stream().map(p -> Candidates.of(p.row(), "")).toList();
      lost.filter(energy -> !energy.isNothing())
          .ifPresent(energy -> every.put(new Trial(name(first), energy, candidates), first));
    }
  }

  private static MaskIdentity masks(ScopedPoint point) {
    return point.run().replay().masks();
  }

  private static String name(ScopedPoint point) {
    String policy = point.row().policy() + " " + point.row().policyParams();
    return masks(point).caches() != null
        ? policy + ", " + point.row().cache() + ", " + Capacities.describe(point.planned().config())
        : policy;
  }

  /** Whether there is anything to fit a model on. */
  public boolean isEmpty() {
    return every.isEmpty();
  }

  /**
   * Makes runs.
   *
   * @param most how many at most, of all that this object makes, those included that had been kept
   * @return whether the design wanted no more
   */
  public boolean run(Design design, int most) {
    while (true) {
      Optional<Trial> next = design.next(model(), open(), ran());
      if (next.isEmpty()) {
        return true;
      }
      if (done.size() >= most) {
        return false;
      }
      run(next.get());
    }
  }

  private List<Trial> open() {
    return every.keySet().stream().filter(trial -> !done.containsKey(trial)).toList();
  }

  private List<LostEnergy> ran() {
    return samples().stream().map(LiveSample::lost).toList();
  }

  private void run(Trial trial) {
    Estimate measured = increase.apply(Objects.requireNonNull(every.get(trial)));
    done.put(
        trial,
        new LiveSample(trial.name(), trial.lost(), measured.value(), measured.standardError()));
  }

  /** What the model is fitted on. */
  public List<LiveSample> samples() {
    List<LiveSample> all = new ArrayList<>(done.values());
    List<String> names = all.stream().map(LiveSample::point).toList();
    brought.stream().filter(sample -> !names.contains(sample.point())).forEach(all::add);
    return all;
  }

  /** The model that follows from all runs so far. */
  public QualityModel model() {
    return QualityFit.fit(samples());
  }

  /** A point of every run that this object allows, made or not. */
  public Map<Trial, ScopedPoint> all() {
    return Collections.unmodifiableMap(every);
  }

  /** The best point of a goal among those that were run, or null where none keeps its budget. */
  public @Nullable Candidate best(Goal goal, Collection<Candidate> lossless) {
    List<Candidate> within = new ArrayList<>(lossless);
    done.forEach(
        (trial, sample) -> {
          if (sample.increase() <= goal.mostIncrease()) {
            within.addAll(trial.candidates());
          }
        });
    Comparator<Candidate> order = goal.kind().order();
    return within.stream().filter(c -> c.device().equals(goal.device())).min(order).orElse(null);
  }
}
