package io.dipper.bench;

import com.sun.management.OperatingSystemMXBean;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.progress.Progress;
import io.dipper.proto.ModelShape;
import io.dipper.tracegen.corpus.Perplexity;
import io.dipper.tracegen.corpus.Protocol;
import io.dipper.tracegen.corpus.TokenIds;
import io.dipper.tracegen.corpus.Window;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.model.ModelFiles;
import io.dipper.tracegen.runtime.DenseModel;
import io.dipper.tracegen.runtime.MlpHook;
import io.dipper.tracegen.runtime.RuntimeOptions;
import io.dipper.verifier.live.MaskingHook;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Runs two blocks of 2048 tokens without masks and with them, on two threads, and prints what each
 * takes: {@code LiveRunBenchmark MODEL IDS [POLICY ...]}, with LFU caches of half the units.
 */
public final class LiveRunBenchmark {
  private static final int BLOCKS = 2;

  private LiveRunBenchmark() {}

  public static void main(String[] args) {
    List<String> policies = List.of(args).subList(2, args.length);
    try (ModelFile file = ModelFiles.open(Path.of(args[0]));
        DenseModel model = new DenseModel(file, RuntimeOptions.withThreads(2))) {
      int[] tokens = TokenIds.read(Path.of(args[1]), file.config().shape().getVocabularySize());
      List<Window> windows = new Protocol.Disjoint(2048).windows(tokens, -1).subList(0, BLOCKS);
      measure(model, windows, "no masks", MlpHook.NONE);
      for (String policy : policies.isEmpty() ? List.of("dip-ca:density=0.7") : policies) {
        measure(model, windows, policy, masks(model, windows, policy));
      }
    }
  }

  private static MaskingHook masks(DenseModel model, List<Window> windows, String text) {
    ModelShape shape = model.config().shape();
    MaskPolicy policy = Policies.create(Policies.parse(text), new PolicyContext(shape, null));
    int[] columns = policy.groups().stream().mapToInt(g -> g.units() / 2).toArray();
    ReplayPoint point = new ReplayPoint(policy, Caches.parse("lfu"), columns, 0);
    int[] lengths = windows.stream().mapToInt(w -> w.tokens().length).toArray();
    return new MaskingHook(List.of(point), shape, lengths, null, model.workers());
  }

  private static void measure(DenseModel model, List<Window> windows, String name, MlpHook hook) {
    long startNs = System.nanoTime();
    long startCpuNs = cpuNs();
    Perplexity perplexity = model.evaluate(windows, hook, Progress.SILENT);
    System.out.printf(
        Locale.ROOT,
        "%-26s perplexity %8.3f  %6.1f s elapsed  %6.1f s of processor time%n",
        name,
        perplexity.value(),
        (System.nanoTime() - startNs) / 1e9,
        (cpuNs() - startCpuNs) / 1e9);
  }

  private static long cpuNs() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
