package io.dipper.tracegen.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dipper.error.UserException;
import io.dipper.progress.Progress;
import io.dipper.testing.SharedData;
import io.dipper.trace.Site;
import io.dipper.trace.TraceReader;
import io.dipper.tracegen.corpus.Corpus;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.format.TensorRole;
import io.dipper.tracegen.format.WeightTensor;
import io.dipper.tracegen.model.ModelFiles;
import io.dipper.tracegen.runtime.RuntimeOptions;
import io.dipper.tracegen.testing.Npy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces of models with experts hold what the routers said, of the layers that have one. */
class ExpertRecordingTest {
  private static final int TOKENS = 40;
  private static final RecordingOptions OPTIONS =
      RecordingOptions.defaults("dipper test")
          .withRuntime(RuntimeOptions.withThreads(2))
          .withBlockLength(TOKENS);

  @TempDir private Path folder;

  @Test
  void routerLogits_areThoseOfTheReference_andDenseLayersHaveNone() throws IOException {
    float[] expected = Npy.floats(model("qwen3moe").resolve("router_logits.npy"));
    try (TraceReader trace = TraceReader.open(record("qwen3moe", OPTIONS))) {
      assertThat(trace.manifest().getSitesList()).containsExactly("x", "router");
      assertThat(trace.norms()).isNull();
      assertThat(trace.model().getStorageCount()).isEqualTo(3);
      int at = 0;
      for (int layer : new int[] {0, 2}) {
        float[] row = new float[8];
        for (int token = 0; token < TOKENS; token++) {
          trace.column(layer, Site.ROUTER).read(token, row);
          for (float logit : row) {
            assertThat(logit).isCloseTo(expected[at++], within(1e-4f));
          }
        }
      }
      assertThat(at).isEqualTo(expected.length);
      assertThatThrownBy(() -> trace.column(1, Site.ROUTER))
          .isInstanceOf(UserException.class)
          .hasMessageEndingWith("layer 1 has no experts, so it has no site 'router'");
    }
  }

  @Test
  void activationsOfDenseLayersAndOfChosenExperts_areRecordedOnRequest() throws IOException {
    Set<Site> sites = Set.of(Site.X, Site.GLU, Site.ROUTER, Site.EXPERT_GLU);
    try (TraceReader trace = TraceReader.open(record("qwen3moe", OPTIONS.withSites(sites)))) {
      assertThat(trace.manifest().getSitesList())
          .containsExactly("x", "glu", "router", "expert_glu");
      assertThat(trace.column(1, Site.GLU).width()).isEqualTo(160);
      assertThat(trace.column(2, Site.EXPERT_GLU).width()).isEqualTo(3 * 48);
      float[] row = new float[3 * 48];
      trace.column(2, Site.EXPERT_GLU).read(TOKENS - 1, row);
      assertThat(row).doesNotContain(0);
    }
  }

  /** Without room for two routers, too, each layer keeps its own. */
  @Test
  void nextRoutersLogits_areItsWeightsTimesThisLayersInput_andTheLayersOwnStay()
      throws IOException {
    Set<Site> sites = Set.of(Site.X, Site.ROUTER, Site.ROUTER_AHEAD);
    RecordingOptions options =
        OPTIONS.withSites(sites).withRuntime(new RuntimeOptions(2, 0)).withBlockLength(TOKENS);
    float[] own = Npy.floats(model("olmoe").resolve("router_logits.npy"));
    try (TraceReader trace = TraceReader.open(record("olmoe", options));
        ModelFile model = ModelFiles.open(model("olmoe"))) {
      int layers = trace.model().getLayers();
      int experts = trace.model().getExperts();
      float[] x = new float[trace.model().getHiddenSize()];
      float[] ahead = new float[experts];
      float[] router = new float[experts];
      for (int layer = 0; layer < layers; layer++) {
        for (int token = 0; token < TOKENS; token += 13) {
          trace.column(layer, Site.ROUTER).read(token, router);
          assertThat(router[0]).isCloseTo(own[(layer * TOKENS + token) * experts], within(1e-4f));
          if (layer + 1 < layers) {
            trace.column(layer, Site.X).read(token, x);
            trace.column(layer, Site.ROUTER_AHEAD).read(token, ahead);
            assertThat(ahead).containsExactly(product(model, layer + 1, x), within(5e-3f));
          }
        }
      }
      assertThatThrownBy(() -> trace.column(layers - 1, Site.ROUTER_AHEAD))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("no layer with experts follows layer " + (layers - 1));
    }
  }

  /** The router of a layer times a vector. */
  private static float[] product(ModelFile model, int layer, float[] x) {
    WeightTensor router = model.tensor(TensorRole.ROUTER, layer).orElseThrow();
    float[] weights = new float[router.rows() * router.columns()];
    router.decode(0, router.rows(), weights, 0);
    float[] sums = new float[router.rows()];
    for (int i = 0; i < weights.length; i++) {
      sums[i / x.length] += weights[i] * x[i % x.length];
    }
    return sums;
  }

  @Test
  void factorsOfExperts_areRecordedByRank_andMultiplyToTheirGluActivations() throws IOException {
    Set<Site> sites = Set.of(Site.ROUTER, Site.EXPERT_GATE, Site.EXPERT_UP, Site.EXPERT_GLU);
    float[] gate = new float[3 * 48];
    float[] up = new float[3 * 48];
    float[] glu = new float[3 * 48];
    float[] alone = new float[3 * 48];
    try (TraceReader trace = TraceReader.open(record("qwen3moe", OPTIONS.withSites(sites)))) {
      for (int token = 0; token < TOKENS; token++) {
        trace.column(2, Site.EXPERT_GATE).read(token, gate);
        trace.column(2, Site.EXPERT_UP).read(token, up);
        trace.column(2, Site.EXPERT_GLU).read(token, glu);
        for (int i = 0; i < glu.length; i++) {
          float product = gate[i] * up[i];
          assertThat(glu[i]).isCloseTo(product, within(2e-3f * Math.abs(product) + 1e-6f));
        }
      }
    }
    Set<Site> one = Set.of(Site.ROUTER, Site.EXPERT_GLU);
    try (TraceReader trace = TraceReader.open(record("qwen3moe", OPTIONS.withSites(one)))) {
      trace.column(2, Site.EXPERT_GLU).read(TOKENS - 1, alone);
      assertThat(alone).isEqualTo(glu);
    }
  }

  @Test
  void sitesThatTheModelDoesNotHave_areRefusedWithThoseThatItHas() {
    RecordingOptions options = OPTIONS.withSites(Set.of(Site.X, Site.GLU));
    assertThatThrownBy(() -> record("olmoe", options))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "sites: no layer of olmoe-f16 has glu; it has x, router, router_ahead, expert_gate, expert_up, expert_glu");
  }

  private Path record(String name, RecordingOptions options) throws IOException {
    int[] ids =
        new ObjectMapper().readValue(model(name).resolve("input_ids.json").toFile(), int[].class);
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * TOKENS).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(ids);
    Path file = Files.write(folder.resolve("ids"), bytes.array());
    Path output = folder.resolve("t.arrow");
    try (ModelFile model = ModelFiles.open(model(name))) {
      Corpus corpus = Corpus.ofIds(file, 199);
      new TraceRecorder(options).record(model, corpus, output, Progress.SILENT);
    }
    return output;
  }

  private static Path model(String name) {
    return SharedData.testdata("golden/moe/arch/" + name + "-f16");
  }
}
