package io.dipper.hwsim.synth;

import io.dipper.error.UserException;
import io.dipper.files.OutputFile;
import io.dipper.files.Room;
import io.dipper.parallel.TaskPool;
import io.dipper.progress.Progress;
import io.dipper.proto.ActivationStatistics;
import io.dipper.proto.LayerActivations;
import io.dipper.proto.TraceManifest;
import io.dipper.proto.TraceSummary;
import io.dipper.trace.BlockQueue;
import io.dipper.trace.ColumnNorms;
import io.dipper.trace.RoutedLayers;
import io.dipper.trace.Site;
import io.dipper.trace.TraceBlock;
import io.dipper.trace.TraceSize;
import io.dipper.trace.TraceWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Writes synthetic traces: recordings of models that never ran, drawn to be like a real one's
 * statistics. For planning and benchmarks; they are marked, and say nothing of a model's quality.
 *
 * <p>The bytes depend on the options and the statistics alone. Memory is bounded however long the
 * trace: a few tokens are drawn while those before are written.
 */
public final class TraceSynthesizer {
  private static final int FORMAT_VERSION = 1;
  private static final long BLOCK_BYTES = 32L << 20;
  private static final int MOST_ROWS = 256;

  private final SynthOptions options;
  private final List<DrawnLayer> layers = new ArrayList<>();
  private final SplittableRandom tokens;

  /**
   * @throws UserException if the statistics lack a site
   */
  public TraceSynthesizer(SynthOptions options, ActivationStatistics statistics) {
    this.options = options;
    SplittableRandom random = new SplittableRandom(options.seed());
    this.tokens = random.split();
    int count = options.shape().getLayers();
    for (int layer = 0; layer < count; layer++) {
      boolean routed = RoutedLayers.isRouted(options.shape(), layer);
      LayerActivations like = nearest(statistics, (layer + 0.5) / count, routed);
      layers.add(new DrawnLayer(layer, options.shape(), options.sites(), like, random.split()));
    }
  }

  /** The layer of the nearest depth; of the same kind, with or without experts, if there is one. */
  private static LayerActivations nearest(
      ActivationStatistics statistics, double depth, boolean routed) {
    return statistics.getLayersList().stream()
        .min(
            Comparator.comparing((LayerActivations layer) -> layer.hasRouter() != routed)
                .thenComparingDouble(layer -> Math.abs(layer.getDepth() - depth)))
        .orElseThrow(() -> new UserException("statistics without layers"));
  }

  /**
   * Draws the trace, in place of one that is there; it has its name when it is whole.
   *
   * @param progress counts tokens
   * @throws UserException if the disk has not the room, or the file cannot be written
   */
  public TraceSummary write(Path output, int threads, Progress progress) {
    try (OutputFile file = OutputFile.recording(output, OutputFile.Existing.REPLACED)) {
      return write(file, threads, progress);
    }
  }

  /**
   * Draws the trace into an output that is claimed already.
   *
   * @param progress counts tokens
   * @throws UserException if the disk has not the room, or the file cannot be written
   */
  public TraceSummary write(OutputFile output, int threads, Progress progress) {
    requireRoom(output.path(), options);
    TraceManifest manifest = manifest(options);
    @Nullable ColumnNorms norms = norms();
    long bytes = TraceSize.of(manifest, norms != null);
    int rows = (int) Math.max(1, Math.min(MOST_ROWS, BLOCK_BYTES / options.bytesPerToken()));
    try (TraceWriter writer = TraceWriter.create(output, manifest, norms);
        BlockQueue queue = new BlockQueue(manifest, rows, writer);
        TaskPool pool = new TaskPool(threads)) {
      progress.start("drawing " + Room.show(bytes), "tokens", options.tokens());
      for (int first = 0; first < options.tokens(); first += rows) {
        int count = Math.min(rows, options.tokens() - first);
        TraceBlock block = queue.take();
        boolean[] begins = addRows(block, first, count);
        pool.run(layers.stream().<Runnable>map(layer -> () -> layer.fill(block, begins)).toList());
        queue.put(block);
        progress.advance(count);
      }
      queue.drain();
      return writer.finish();
    }
  }

  private boolean[] addRows(TraceBlock block, int first, int count) {
    boolean[] begins = new boolean[count];
    int vocabulary = Math.max(1, options.shape().getVocabularySize());
    for (int r = 0; r < count; r++) {
      int position = (first + r) % options.blockLength();
      begins[r] = position == 0;
      block.add((first + r) / options.blockLength(), position, tokens.nextInt(vocabulary));
    }
    return begins;
  }

  /**
   * Asks whether the disk has room for a trace, before any of the work.
   *
   * @throws UserException if it has not
   */
  public static void requireRoom(Path output, SynthOptions options) {
    long bytes = TraceSize.of(manifest(options), true);
    Room.require(output, bytes, "give fewer --tokens or --sites");
  }

  private static TraceManifest manifest(SynthOptions options) {
    TraceManifest.Builder manifest =
        TraceManifest.newBuilder()
            .setFormatVersion(FORMAT_VERSION)
            .setModel(options.shape())
            .setProtocol("synthetic")
            .setBlockLength(options.blockLength())
            .setSequences(options.tokens() / options.blockLength())
            .setTokens(options.tokens())
            .setProducer(options.producer())
            .setSynthetic(true);
    options.sites().stream().sorted().map(Site::id).forEach(manifest::addSites);
    return manifest.build();
  }

  private @Nullable ColumnNorms norms() {
    if (!layers.stream().allMatch(DrawnLayer::hasNorms)) {
      return null;
    }
    int count = layers.size();
    float[][] up = new float[count][];
    float[][] gate = new float[count][];
    float[][] down = new float[count][];
    layers.forEach(layer -> layer.norms(up, gate, down));
    return new ColumnNorms(up, gate, down);
  }
}
