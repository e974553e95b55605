package io.dipper.tracegen.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dipper.proto.ModelShape;
import io.dipper.testing.SharedData;
import io.dipper.trace.Site;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.format.TensorRole;
import io.dipper.tracegen.format.WeightTensor;
import io.dipper.tracegen.model.ModelFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;

/** Which experts a token goes to, and what a hook may do about it. */
class RoutingTest {
  private static final Path MODEL = SharedData.testdata("golden/moe/arch/mixtral-f16");

  @Test
  void equalLogits_goToTheLowerIndex() {
    Routing routing = route(shape(5, 3, true), 1, 2, 2, 0, 2);
    assertThat(routing.experts()).containsExactly(1, 2, 4);
    assertThat(routing.weights()).containsExactly(1 / 3f, 1 / 3f, 1 / 3f);
  }

  @Test
  void weights_areTheSoftmaxOverAll_orOverTheChosen() {
    double all = Math.exp(0) + Math.exp(-1) + Math.exp(-3) + Math.exp(-2);
    Routing plain = route(shape(4, 2, false), 3, 2, 0, 1);
    assertThat(plain.weights()[0]).isCloseTo((float) (1 / all), within(1e-7f));
    assertThat(plain.weights()[1]).isCloseTo((float) (Math.exp(-1) / all), within(1e-7f));
    Routing summing = route(shape(4, 2, true), 3, 2, 0, 1);
    assertThat(summing.weights()[0] + summing.weights()[1]).isCloseTo(1, within(1e-6f));
    assertThat(summing.weights()[1] / summing.weights()[0])
        .isCloseTo((float) Math.exp(-1), within(1e-6f));
  }

  @Test
  void weightsOfExpertsThatNoTokenGoesTo_areNeverDecoded() throws IOException {
    Set<Integer> touched = new ConcurrentSkipListSet<>();
    try (ModelFile file = ModelFiles.open(MODEL);
        DenseModel model = new DenseModel(new Watched(file, touched), withoutMemory())) {
      Set<Integer> routed = new TreeSet<>();
      run(
          model,
          new MlpHook() {
            @Override
            public void at(Site s, int layer, int q, int first, int rows, float[] values) {}

            @Override
            public Routing route(int layer, int q, int first, int rows, float[] z, Routing own) {
              Arrays.setAll(own.experts(), place -> place % 2 == 0 ? 1 : 4);
              for (int expert : own.experts()) {
                routed.add(expert);
              }
              return own;
            }
          });
      assertThat(routed).containsExactly(1, 4);
      assertThat(touched).isEqualTo(routed);
    }
  }

  @Test
  void rankWithoutAnExpert_isARankOfWeightZero_andOfActivationsThatAHookClears()
      throws IOException {
    try (ModelFile file = ModelFiles.open(MODEL);
        DenseModel model = new DenseModel(file, RuntimeOptions.withThreads(2))) {
      float[] dense = run(model, MlpHook.NONE);
      float[] none = run(model, new SecondRank((own, place) -> own.experts()[place] = -1, false));
      float[] zero = run(model, new SecondRank((own, place) -> own.weights()[place] = 0, false));
      float[] cleared = run(model, new SecondRank((own, place) -> {}, true));
      // Products of other numbers of rows may round otherwise.
      assertThat(zero).isEqualTo(cleared);
      double difference = 0;
      for (int i = 0; i < none.length; i++) {
        assertThat(none[i]).isCloseTo(zero[i], within(1e-5f));
        difference = Math.max(difference, Math.abs(none[i] - dense[i]));
      }
      assertThat(difference).isGreaterThan(0.1);
    }
  }

  /** Changes each token's second expert of two. */
  private record SecondRank(Change change, boolean clears) implements MlpHook {
    private interface Change {
      void at(Routing own, int place);
    }

    @Override
    public void at(Site site, int layer, int sequence, int first, int rows, float[] values) {
      if (clears && site == Site.EXPERT_GLU) {
        for (int row = 0; row < rows; row++) {
          Arrays.fill(values, (2 * row + 1) * 96, (2 * row + 2) * 96, 0);
        }
      }
    }

    @Override
    public Routing route(int layer, int s, int first, int rows, float[] logits, Routing own) {
      for (int row = 0; row < rows; row++) {
        change.at(own, 2 * row + 1);
      }
      return own;
    }
  }

  private static Routing route(ModelShape shape, float... logits) {
    try (Workers workers = new Workers(1)) {
      return new Router(shape).route(logits, 1, workers);
    }
  }

  private static ModelShape shape(int experts, int used, boolean norm) {
    return ModelShape.newBuilder()
        .setExperts(experts)
        .setExpertsPerToken(used)
        .setNormTopk(norm)
        .build();
  }

  private static float[] run(DenseModel model, MlpHook hook) throws IOException {
    int[] ids = new ObjectMapper().readValue(MODEL.resolve("input_ids.json").toFile(), int[].class);
    try (DenseModel.Sequence sequence = model.begin(0, ids.length)) {
      return sequence.extend(ids, Arrays.copyOfRange(ids, 1, ids.length), hook);
    }
  }

  private static RuntimeOptions withoutMemory() {
    return new RuntimeOptions(2, 0);
  }

  /** A file that notes which experts' rows are decoded. */
  private record Watched(ModelFile file, Set<Integer> touched) implements ModelFile {
    @Override
    public ModelConfig config() {
      return file.config();
    }

    @Override
    public Optional<WeightTensor> tensor(TensorRole role, int layer) {
      boolean ofExperts = role.name().startsWith("EXPERT_");
      return file.tensor(role, layer)
          .map(tensor -> ofExperts ? new WatchedTensor(tensor, touched) : tensor);
    }

    @Override
    public String sha256() {
      return file.sha256();
    }

    @Override
    public void close() {}
  }

  private record WatchedTensor(WeightTensor tensor, Set<Integer> touched) implements WeightTensor {
    @Override
    public String name() {
      return tensor.name();
    }

    @Override
    public String type() {
      return tensor.type();
    }

    @Override
    public int rows() {
      return tensor.rows();
    }

    @Override
    public int columns() {
      return tensor.columns();
    }

    @Override
    public long storedBytes() {
      return tensor.storedBytes();
    }

    @Override
    public void decode(int firstRow, int rows, float[] out, int offset) {
      touched.add(firstRow / (tensor.rows() / 6));
      touched.add((firstRow + rows - 1) / (tensor.rows() / 6));
      tensor.decode(firstRow, rows, out, offset);
    }
  }
}
