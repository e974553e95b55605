package io.dipper.verifier.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.Count;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.FetchRules;
import io.dipper.hwsim.replay.demand.Replay;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.demand.SequenceStart;
import io.dipper.hwsim.replay.demand.UnitPlaces;
import io.dipper.hwsim.replay.mask.DeclaredPolicy;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.replay.unit.BlockShape;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.hwsim.replay.unit.Signal;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.progress.Progress;
import io.dipper.proto.ModelShape;
import io.dipper.proto.PolicySpec;
import io.dipper.proto.Speculation;
import io.dipper.registry.Trait;
import io.dipper.testing.SharedData;
import io.dipper.trace.Fp16;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import io.dipper.trace.TraceReader;
import io.dipper.tracegen.corpus.Perplexity;
import io.dipper.tracegen.corpus.Protocol;
import io.dipper.tracegen.corpus.TokenIds;
import io.dipper.tracegen.corpus.Window;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.model.ModelFiles;
import io.dipper.tracegen.runtime.DenseModel;
import io.dipper.tracegen.runtime.MlpHook;
import io.dipper.tracegen.runtime.RuntimeOptions;
import io.dipper.tracegen.runtime.Workers;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Live masks by signals of this layer and of the layer before. */
class LiveSignalsTest {
  @AutoClose
  private static final TraceReader trace =
      TraceReader.open(SharedData.testdata("golden/bookworm.arrow"));

  @AutoClose private static final Workers workers = new Workers(2);

  /**
   * Given the recorded activations, in any chunks, all sequences a layer at a time, a live run
   * counts what the replay does.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          look-ahead:density=0.5 | lfu    | 50  | NO_SPECULATION
          look-ahead:density=0.5 | belady | 128 | NO_SPECULATION
          look-ahead:density=0.4 | lru    | 1   | PREVIOUS_LAYER
          dip:density=0.5        | belady | 37  | PREVIOUS_LAYER
          dip:density=0.5        | lru    | 37  | PREVIOUS_LAYER
          dip-ca:density=0.5     | lfu    | 64  | PREVIOUS_LAYER
          mixed                  | lru    | 33  | NO_SPECULATION
          mixed                  | lfu    | 33  | PREVIOUS_LAYER
          glu-oracle:keep=0.3    | lru    | 50  | NO_SPECULATION
          hot:keep=0.4           | lru    | 50  | NO_SPECULATION
          prompt-locked:keep=0.5,prompt=40                      | lru | 33 | NO_SPECULATION
          prompt-locked:keep=0.3,prompt=8,signal=up             | lfu | 64 | PREVIOUS_LAYER
          prompt-locked:keep=0.4,prompt=50,renew=7,signal=gate  | belady | 37 | NO_SPECULATION
          """)
  void liveCounts_areThoseOfTheReplay_onTheSameActivations(
      String policy, String cache, int chunk, Speculation speculation) {
    ReplayPoint point = point(policy(policy), cache, speculation);
    MaskingHook hook = hook(point);
    feed(hook, chunk);
    Demand live = hook.demand(0);
    Demand replay = new Replay(trace, 2, Progress.SILENT).run(List.of(point)).get(0);
    for (int group = 0; group < live.groups().size(); group++) {
      assertThat(hook.jaccard(group)).isEqualTo(1);
      for (Count count : replay.counted()) {
        for (int layer = 0; layer < replay.layers(); layer++) {
          for (int row = 0; row < replay.tokens(); row++) {
            assertThat(live.count(count, group, layer, row))
                .as("%s of group %d in layer %d, row %d", count, group, layer, row)
                .isEqualTo(replay.count(count, group, layer, row));
          }
        }
      }
      assertThat(replay.total(Count.HITS, group)).isPositive();
    }
  }

  /** Against masks that are made by sorting, in a hook that knows nothing of caches and chunks. */
  @Test
  void lookAhead_masksTheModel_byTheLiveInputOfTheLayerBefore() throws java.io.IOException {
    try (ModelFile file = ModelFiles.open(SharedData.model("bookworm-3m-q8_0.gguf"));
        DenseModel model = new DenseModel(file, RuntimeOptions.defaults())) {
      ModelShape shape = file.config().shape();
      List<Window> windows =
          new Protocol.Disjoint(600)
              .windows(
                  TokenIds.read(
                      SharedData.testdata("golden/bookworm-heldout.ids.i32le"),
                      shape.getVocabularySize()),
                  -1)
              .subList(0, 2);
      int[] lengths = windows.stream().mapToInt(w -> w.tokens().length).toArray();
      ReplayPoint point =
          point(policy("look-ahead:keep_x=0.5,keep_h=0.5"), "lru", Speculation.NO_SPECULATION);
      MaskingHook hook = new MaskingHook(List.of(point), shape, lengths, null, model.workers());
      Perplexity live = model.evaluate(windows, hook, Progress.SILENT);
      Perplexity naive = model.evaluate(windows, new SortedMasks(shape), Progress.SILENT);
      Perplexity dense = model.evaluate(windows, MlpHook.NONE, Progress.SILENT);
      assertThat(live.value()).isCloseTo(naive.value(), within(1e-9));
      assertThat(live.value()).isGreaterThan(1.01 * dense.value());
    }
  }

  @Test
  void whatIsNotKnownInTime_isRefusedByName() {
    MaskPolicy policy =
        made("late", List.of(new Signal(Site.GLU, 1)), BlockShape.INPUTS, Matrix.UP, Matrix.GATE);
    assertThatThrownBy(() -> hook(point(policy, "lru", Speculation.NO_SPECULATION)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "policy late: looks at glu-1 to choose units at x, which in the first layer come before"
                + " it, and cannot be run live");
    MaskPolicy half = made("half", List.of(new Signal(Site.X, 1)), BlockShape.INPUTS, Matrix.UP);
    assertThatThrownBy(() -> hook(point(half, "lru", Speculation.NO_SPECULATION)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("different masks for matrices that read the same activation");
  }

  @Test
  void activations_areKeptNoLongerThanTheyAreLookedAt() {
    LiveActivations made = new LiveActivations(policy("mixed").groups(), trace.model());
    int width = trace.model().getHiddenSize();
    float[] values = new float[10 * width];
    for (int layer = 0; layer < 4; layer++) {
      for (int from = 0; from < 20; from += 10) {
        made.take(Site.X, layer, new LiveChunk(0, 20, from, from, 10), values);
        assertThat(made.values()).isLessThanOrEqualTo(3L * 20 * width);
      }
      assertThat(made.values()).isEqualTo(Math.min(layer + 1, 2) * 20L * width);
    }
    made.release(0);
    assertThat(made.values()).isZero();
    made.take(Site.GLU, 0, new LiveChunk(0, 20, 0, 0, 1), values);
    assertThat(made.values()).as("nobody looks at glu").isZero();
  }

  /** Hands recorded activations over as a forward pass does: all sequences, layer by layer. */
  private static void feed(MlpHook hook, int chunk) {
    int[] lengths = trace.sequenceLengths();
    for (int layer = 0; layer < trace.model().getLayers(); layer++) {
      int first = 0;
      for (int s = 0; s < lengths.length; s++) {
        for (int from = 0; from < lengths[s]; from += chunk) {
          int rows = Math.min(chunk, lengths[s] - from);
          for (Site site : Site.ofDenseLayers()) {
            float[] values = rows(trace.column(layer, site), first + from, rows);
            hook.at(site, layer, s, from, rows, values);
          }
        }
        first += lengths[s];
      }
    }
  }

  private static float[] rows(SiteColumn column, int first, int rows) {
    short[] bits = new short[column.width()];
    float[] values = new float[rows * column.width()];
    for (int r = 0; r < rows; r++) {
      column.read(first + r, bits);
      Fp16.decode(bits, 0, values, r * bits.length, bits.length);
    }
    return values;
  }

  private static MaskingHook hook(ReplayPoint point) {
    return new MaskingHook(List.of(point), trace.model(), trace.sequenceLengths(), trace, workers);
  }

  private static MaskPolicy policy(String text) {
    return text.equals("mixed")
        ? made(
            "mixed",
            List.of(Signal.of(Site.X), new Signal(Site.X, 1)),
            BlockShape.GLU_UNITS,
            Matrix.UP,
            Matrix.GATE,
            Matrix.DOWN)
        : Policies.create(Policies.parse(text), new PolicyContext(trace.model(), trace));
  }

  /** Chooses 60 units by a made-up score of all signals, whatever their width. */
  private static MaskPolicy made(
      String name, List<Signal> signals, String space, Matrix... covered) {
    UnitGroup group =
        new UnitGroup(signals, BlockShape.of(trace.model()).space(space), Set.of(covered));
    return new DeclaredPolicy(
        PolicySpec.newBuilder().setName(name).build(),
        List.of(group),
        (layer, declared) ->
            (seen, cache, mask) -> {
              float[] scores = new float[mask.size()];
              for (int s = 0; s < signals.size(); s++) {
                float[] values = seen.values(s);
                for (int u = 0; u < scores.length; u++) {
                  scores[u] += values[u * (s + 3) % values.length];
                }
              }
              mask.clear();
              largest(scores, 60).forEach(mask::add);
            });
  }

  private static IntStream largest(float[] scores, int k) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.<Integer>comparingDouble(u -> -scores[u]))
        .limit(k)
        .mapToInt(u -> u);
  }

  private static ReplayPoint point(MaskPolicy policy, String cache, Speculation speculation) {
    int groups = policy.groups().size();
    return new ReplayPoint(
        policy,
        Caches.parse(cache),
        groups == 1 ? new int[] {150} : new int[] {80, 200},
        42,
        SequenceStart.COLD,
        new FetchRules(UnitPlaces.NATURAL, Collections.nCopies(groups, 0), speculation)
            .afterPrompt(
                policy.has(Trait.LOOKS_AT_PROMPT) ? Policies.densePrompt(policy.spec()) : 0));
  }

  /** Look-ahead at half of the inputs and half of the GLU units, token by token. */
  private static final class SortedMasks implements MlpHook {
    private final ModelShape shape;
    private final Map<List<Integer>, float[]> inputs = new HashMap<>();

    SortedMasks(ModelShape shape) {
      this.shape = shape;
    }

    @Override
    public void at(
        Site site, int layer, int sequence, int firstPosition, int rows, float[] values) {
      int width = site.width(shape);
      for (int r = 0; r < rows && (site == Site.X || site == Site.GLU); r++) {
        float[] row = java.util.Arrays.copyOfRange(values, r * width, (r + 1) * width);
        float[] looked = row;
        if (site == Site.X) {
          inputs.put(List.of(layer, sequence, firstPosition + r), row);
          looked =
              Objects.requireNonNull(
                  inputs.get(List.of(Math.max(0, layer - 1), sequence, firstPosition + r)));
        }
        float[] magnitudes = looked.clone();
        for (int i = 0; i < width; i++) {
          magnitudes[i] = Math.abs(looked[i]);
          values[r * width + i] = 0;
        }
        int offset = r * width;
        largest(magnitudes, width / 2).forEach(i -> values[offset + i] = row[i]);
      }
    }
  }
}
