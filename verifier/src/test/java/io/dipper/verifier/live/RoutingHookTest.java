package io.dipper.verifier.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.ExpertRules;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.demand.SequenceStart;
import io.dipper.hwsim.replay.expert.ExpertReplay;
import io.dipper.hwsim.replay.expert.ExpertUnits;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.progress.Progress;
import io.dipper.proto.CacheStart;
import io.dipper.proto.ModelShape;
import io.dipper.proto.WeightBits;
import io.dipper.testing.SharedData;
import io.dipper.trace.Site;
import io.dipper.tracegen.corpus.Perplexity;
import io.dipper.tracegen.corpus.Protocol;
import io.dipper.tracegen.corpus.TokenIds;
import io.dipper.tracegen.corpus.Window;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.model.ModelFiles;
import io.dipper.tracegen.runtime.DenseModel;
import io.dipper.tracegen.runtime.MlpHook;
import io.dipper.tracegen.runtime.Routing;
import io.dipper.tracegen.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is chosen live: just what a replay of the live routers chooses, whatever the cache. */
class RoutingHookTest {
  private static final int BLOCK = 48;
  private static final int BLOCKS = 2;
  private static final int EXPERTS_PER_LAYER = 6;

  @TempDir static Path folder;
  private static ModelFile file;
  private static DenseModel model;
  private static List<Window> windows;

  @BeforeAll
  static void open() {
    file = ModelFiles.open(SharedData.model("bookworm-moe-q8_0.gguf"));
    model = new DenseModel(file, RuntimeOptions.withThreads(2));
    int[] ids =
        TokenIds.read(
            SharedData.testdata("golden/bookworm-heldout.ids.i32le"), shape().getVocabularySize());
    windows = new Protocol.Disjoint(BLOCK).windows(Arrays.copyOf(ids, BLOCKS * BLOCK), -1);
  }

  @AfterAll
  static void close() throws IOException {
    model.close();
    file.close();
  }

  private static ModelShape shape() {
    return file.config().shape();
  }

  private static ReplayPoint point(String policy, String cache, CacheStart start) {
    ExpertRules rules = rules(0);
    return new ReplayPoint(
        Policies.create(Policies.parse(policy), new PolicyContext(shape(), null)),
        Caches.parse(cache),
        new int[1],
        0,
        new SequenceStart(start, null),
        rules(EXPERTS_PER_LAYER * Arrays.stream(rules.units().bytes()).sum()));
  }

  private static ExpertRules rules(long cacheBytes) {
    return new ExpertRules(shape(), WeightBits.getDefaultInstance(), List.of(), cacheBytes, 4096);
  }

  private static RunCapture capture(String name) {
    int[] lengths = windows.stream().mapToInt(w -> w.tokens().length).toArray();
    return new RunCapture(shape(), lengths, EnumSet.of(Site.ROUTER), folder.resolve(name));
  }

  /** Notes the experts of every token and layer that another hook chooses. */
  private record Noted(MlpHook hook, Map<List<Integer>, List<Integer>> experts) implements MlpHook {
    @Override
    public void at(Site site, int layer, int sequence, int first, int rows, float[] values) {
      hook.at(site, layer, sequence, first, rows, values);
    }

    @Override
    public boolean sees(Site site) {
      return hook.sees(site);
    }

    @Override
    public Routing route(
        int layer, int sequence, int first, int rows, float[] logits, Routing own) {
      Routing routing = hook.route(layer, sequence, first, rows, logits, own);
      for (int r = 0; r < rows; r++) {
        int from = r * routing.ranks();
        experts.put(
            List.of(layer, sequence * BLOCK + first + r),
            Arrays.stream(routing.experts(), from, from + routing.ranks())
                .filter(expert -> expert >= 0)
                .boxed()
                .toList());
      }
      return routing;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "router:k=3; lru; COLD",
        "top-p:p=0.7; belady:scope=global; COLD",
        "drop-cold:f=0.9; lru:scope=global; COLD",
        "drop-cold:f=0.9; lfu; CARRIED",
        "cache-prior:lambda=0.4; lfu; COLD",
        "cache-prior:lambda=0.4; lru:scope=global; CARRIED",
        "max-rank:j=1,m=8; lru:scope=global; COLD",
        "max-rank:j=1,m=8; sieve; COLD"
      })
  void liveChoices_areThoseOfAReplayOfTheLiveRouters(
      String policy, String cache, CacheStart start) {
    ReplayPoint point = point(policy, cache, start);
    try (RunCapture live = capture("live")) {
      Noted noted = new Noted(new RoutingHook(point, shape(), live), new HashMap<>());
      if (RoutingHook.passesTokenByToken(point)) {
        TokenByToken.evaluate(model, windows, noted, Progress.SILENT);
      } else {
        model.evaluate(windows, noted, Progress.SILENT);
      }
      ExpertRules rules = (ExpertRules) point.fetch();
      ExpertUnits units = rules.units();
      Map<List<Integer>, List<Integer>> replayed = new HashMap<>();
      new ExpertReplay(live, rules.steps(live.sequenceLengths()), units, Progress.SILENT)
          .run(
              rules.point(point),
              (layer, token, choice) -> {
                Integer[] experts = new Integer[choice.count()];
                Arrays.setAll(experts, choice::expert);
                replayed.put(List.of(units.layers()[layer], token), List.of(experts));
              });
      assertThat(replayed).hasSize(BLOCKS * BLOCK * shape().getLayers());
      assertThat(noted.experts()).isEqualTo(replayed);
    }
  }

  @Test
  void tokensOneByOne_areScoredAsManyAtOnce() {
    List<Window> some = List.of(windows.get(0), new Window(windows.get(1).tokens(), BLOCK / 3));
    Perplexity together = model.evaluate(some, MlpHook.NONE, Progress.SILENT);
    Perplexity oneByOne = TokenByToken.evaluate(model, some, MlpHook.NONE, Progress.SILENT);
    for (int w = 0; w < some.size(); w++) {
      assertThat(oneByOne.blockScored(w)).isEqualTo(together.blockScored(w));
      for (int i = 0; i < together.blockScored(w); i++) {
        assertThat(oneByOne.nll().get(w)[i]).isCloseTo(together.nll().get(w)[i], within(1e-4f));
      }
    }
  }
}
