package io.dipper.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.adapter.AdapterFolder;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.progress.Progress;
import io.dipper.proto.ModelShape;
import io.dipper.testing.SharedData;
import io.dipper.tracegen.corpus.Protocol;
import io.dipper.tracegen.corpus.TokenIds;
import io.dipper.tracegen.corpus.Window;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.model.ModelFiles;
import io.dipper.tracegen.runtime.DenseModel;
import io.dipper.tracegen.runtime.RuntimeOptions;
import io.dipper.verifier.live.MaskingHook;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdaptedMasksTest {
  /**
   * DIP at density 0.5 with the random adapter, whose maps see masked inputs: the perplexity of the
   * first two blocks in PyTorch.
   */
  @Test
  void adapters_seeWhatMasksLeave() {
    int[] tokens =
        Arrays.copyOf(
            TokenIds.read(SharedData.testdata("golden/bookworm-heldout.ids.i32le"), 4096), 512);
    try (ModelFile file = ModelFiles.open(SharedData.model("bookworm-3m-q8_0.gguf"));
        DenseModel model = new DenseModel(file, RuntimeOptions.withThreads(2))) {
      ModelShape shape = file.config().shape();
      model.use(AdapterFolder.read(SharedData.testdata("adapters/bookworm-random")));
      MaskPolicy dip =
          Policies.create(Policies.parse("dip:density=0.5"), new PolicyContext(shape, null));
      ReplayPoint point = new ReplayPoint(dip, Caches.NONE, new int[2], 0);
      MaskingHook hook =
          new MaskingHook(List.of(point), shape, new int[] {256, 256}, null, model.workers());
      List<Window> windows = new Protocol.Disjoint(256).windows(tokens, -1);
      double perplexity = model.evaluate(windows, hook, Progress.SILENT).value();
      assertThat(perplexity).isCloseTo(228.05776204812872, within(0.002 * 228));
    }
  }
}
