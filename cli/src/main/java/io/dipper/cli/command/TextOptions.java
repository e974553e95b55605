package io.dipper.cli.command;

import io.dipper.tracegen.corpus.Corpus;
import io.dipper.tracegen.corpus.Part;
import io.dipper.verifier.TokenSource;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a model reads: a text, or token ids. One of them. */
final class TextOptions {
  @Option(names = "--text", paramLabel = "FILE", description = "A UTF-8 text.")
  private @Nullable Path text;

  @Option(names = "--ids", paramLabel = "FILE", description = "Token ids, little-endian int32.")
  private @Nullable Path ids;

  /** The tokens for a model. */
  Corpus corpus(Path model, int vocabulary) {
    return text == null ? Corpus.ofIds(ids(), vocabulary) : Corpus.ofText(text, model);
  }

  TokenSource source(Part part) {
    return text == null ? new TokenSource.Ids(ids(), part) : new TokenSource.Text(text, part);
  }

  private Path ids() {
    if (ids == null) {
      throw new IllegalStateException("the parser lets nobody leave out both");
    }
    return ids;
  }
}
