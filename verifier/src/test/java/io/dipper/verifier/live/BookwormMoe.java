package io.dipper.verifier.live;

import io.dipper.progress.Progress;
import io.dipper.proto.ModelShape;
import io.dipper.testing.SharedData;
import io.dipper.trace.Site;
import io.dipper.tracegen.corpus.Perplexity;
import io.dipper.tracegen.corpus.Protocol;
import io.dipper.tracegen.corpus.TokenIds;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.model.ModelFiles;
import io.dipper.tracegen.runtime.DenseModel;
import io.dipper.tracegen.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** The embedded model with experts, open, and its dense run over some blocks of the text. */
final class BookwormMoe implements AutoCloseable {
  private final ModelFile file;
  private final DenseModel model;
  private final LiveCorpus corpus;
  private final RunCapture dense;
  private final Perplexity perplexity;

  /**
   * @param sites to keep of the dense run
   * @param scratch a folder for them
   */
  BookwormMoe(String protocolName, int blocks, Set<Site> sites, Path scratch) throws IOException {
    file = ModelFiles.open(SharedData.model("bookworm-moe-q8_0.gguf"));
    model = new DenseModel(file, RuntimeOptions.withThreads(2));
    Protocol protocol = Protocol.parse(protocolName);
    int[] ids =
        TokenIds.read(
            SharedData.testdata("golden/bookworm-heldout.ids.i32le"), shape().getVocabularySize());
    corpus = LiveCorpus.ofTokens(protocol, ids, -1, blocks * protocol.length());
    dense = new RunCapture(shape(), corpus.lengths(), sites, scratch);
    perplexity = model.evaluate(corpus.windows(), dense, Progress.SILENT);
  }

  ModelShape shape() {
    return file.config().shape();
  }

  DenseModel model() {
    return model;
  }

  LiveCorpus corpus() {
    return corpus;
  }

  /** What was recorded of the dense run. */
  RunCapture dense() {
    return dense;
  }

  /** The perplexity of the dense run. */
  Perplexity perplexity() {
    return perplexity;
  }

  @Override
  public void close() throws IOException {
    dense.close();
    model.close();
    file.close();
  }
}
