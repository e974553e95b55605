package io.dipper.tracegen.record;

import io.dipper.adapter.Adapter;
import io.dipper.error.UserException;
import io.dipper.files.OutputFile;
import io.dipper.files.Room;
import io.dipper.progress.Progress;
import io.dipper.proto.ModelShape;
import io.dipper.proto.TraceManifest;
import io.dipper.proto.TraceSummary;
import io.dipper.trace.BlockQueue;
import io.dipper.trace.Site;
import io.dipper.trace.TraceBlock;
import io.dipper.trace.TraceSize;
import io.dipper.trace.TraceWriter;
import io.dipper.tracegen.corpus.Corpus;
import io.dipper.tracegen.corpus.Protocol;
import io.dipper.tracegen.corpus.Window;
import io.dipper.tracegen.format.AttentionWindows;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.runtime.DenseModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Records the dense run of a model over a text: every block of the {@code disjoint} protocol is a
 * sequence of the trace.
 *
 * <pre>{@code
 * try (ModelFile model = ModelFiles.open(path)) {
 *   Corpus corpus = Corpus.ofText(text, path);
 *   TraceSummary done = new TraceRecorder(RecordingOptions.defaults("dipper 1.0").withTokens(4096))
 *       .record(model, corpus, Path.of("t.arrow"), progress);
 * }
 * }</pre>
 */
public final class TraceRecorder {
  private static final int FORMAT_VERSION = 1;
  private static final int MOST_ROWS = 512;
  private static final int FEWEST_ROWS = 16;
  private static final long BLOCK_BYTES = 160L << 20;

  private final RecordingOptions options;

  public TraceRecorder(RecordingOptions options) {
    this.options = options;
  }

  /**
   * Runs the model and writes the trace, in place of one that is there; it has its name when it is
   * whole.
   *
   * @param progress counts tokens
   * @throws UserException if the text is too short for a block, the disk has not the room, or the
   *     file cannot be written
   */
  public TraceSummary record(ModelFile model, Corpus corpus, Path output, Progress progress) {
    try (OutputFile file = OutputFile.recording(output, OutputFile.Existing.REPLACED)) {
      return record(model, corpus, file, progress);
    }
  }

  /**
   * Runs the model and writes the trace into an output that is claimed already.
   *
   * @param progress counts tokens
   * @throws UserException if the text is too short for a block, the disk has not the room, or the
   *     file cannot be written
   */
  public TraceSummary record(ModelFile model, Corpus corpus, OutputFile output, Progress progress) {
    Protocol.Disjoint protocol = options.protocol(model.config());
    Corpus used = options.tokens().isPresent() ? corpus.limit(options.tokens().getAsInt()) : corpus;
    List<Window> blocks = protocol.windows(used.tokens(), -1);
    TraceManifest manifest = manifest(model, used, protocol, blocks.size());
    boolean normed = manifest.getModel().getExperts() == 0;
    long bytes = TraceSize.of(manifest, normed);
    Room.require(output.path(), bytes, "give fewer --tokens or --sites, or record a --part");
    int rows = rowsPerBlock(manifest.getModel(), protocol.length());
    try (DenseModel dense = new DenseModel(model, options.runtime());
        TraceWriter writer =
            TraceWriter.create(
                output, manifest, normed ? WeightNorms.of(model, dense.workers()) : null);
        BlockQueue queue = new BlockQueue(manifest, rows, writer)) {
      dense.use(options.adapter().orElse(null));
      progress.start("recording " + Room.show(bytes), "tokens", manifest.getTokens());
      for (int s = 0; s < blocks.size(); s++) {
        record(dense, s, blocks.get(s).tokens(), rows, queue, progress);
      }
      queue.drain();
      return writer.finish();
    }
  }

  private void record(
      DenseModel dense, int index, int[] tokens, int rows, BlockQueue queue, Progress progress) {
    ModelShape shape = dense.config().shape();
    try (DenseModel.Sequence sequence = dense.begin(index, tokens.length)) {
      for (int first = 0; first < tokens.length; first += rows) {
        int end = Math.min(tokens.length, first + rows);
        TraceBlock block = queue.take();
        for (int p = first; p < end; p++) {
          block.add(index, p, tokens[p]);
        }
        int[] targets = Arrays.copyOfRange(tokens, first + 1, Math.min(end + 1, tokens.length));
        SiteRecorder hook = new SiteRecorder(shape, options.sites(shape), dense.workers(), block);
        float[] nll = sequence.extend(Arrays.copyOfRange(tokens, first, end), targets, hook);
        for (int r = 0; r < nll.length; r++) {
          block.nll(r, finite(nll[r], index, first + r));
        }
        queue.put(block);
        progress.advance(end - first);
      }
    }
  }

  /** The model's shape, with the windows of its layers. */
  private static ModelShape shape(ModelFile model) {
    AttentionWindows windows = model.config().attention().windows();
    ModelShape.Builder shape = model.config().shape().toBuilder().setSha256(model.sha256());
    if (windows.local().contains(true)) {
      shape.setSlidingWindow(windows.length());
      if (windows.local().contains(false)) {
        shape.addAllWindowed(windows.local());
      }
    }
    return shape.build();
  }

  private static float finite(float nll, int sequence, int token) {
    if (!Float.isFinite(nll)) {
      throw new UserException(
          "what the model predicts behind token "
              + token
              + " of sequence "
              + sequence
              + " is no finite number; is the model's file damaged?");
    }
    return nll;
  }

  private TraceManifest manifest(
      ModelFile model, Corpus corpus, Protocol.Disjoint protocol, int sequences) {
    TraceManifest.Builder manifest =
        TraceManifest.newBuilder()
            .setFormatVersion(FORMAT_VERSION)
            .setModel(shape(model))
            .setProtocol(protocol.name())
            .setBlockLength(protocol.length())
            .setSequences(sequences)
            .setTokens(Math.multiplyExact(sequences, protocol.length()))
            .setProducer(options.producer())
            .setTokenizer(corpus.tokenizer())
            .setCorpusSha256(corpus.sha256())
            .setQuantisation(model.config().quantisation())
            .setAdapterSha256(options.adapter().map(Adapter::sha256).orElse(""))
            .setChecksums(true);
    for (Site site : options.sites(manifest.getModel())) {
      manifest.addSites(site.id());
    }
    return manifest.build();
  }

  /** The tokens of a block, as many as memory allows: products of more rows are faster. */
  private int rowsPerBlock(ModelShape shape, int blockLength) {
    long bytesPerToken = 0;
    for (Site site : options.sites(shape)) {
      bytesPerToken += (long) site.width(shape) * site.layers(shape) * site.element().bytes();
    }
    long fitting = Math.max(FEWEST_ROWS, BLOCK_BYTES / bytesPerToken);
    return (int) Math.min(Math.min(MOST_ROWS, blockLength), fitting);
  }
}
