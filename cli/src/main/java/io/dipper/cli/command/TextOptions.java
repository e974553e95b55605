package io.dipper.cli.command;

import io.dipper.files.CommandFiles;
import io.dipper.tracegen.corpus.Corpus;
import io.dipper.tracegen.corpus.Part;
import io.dipper.verifier.TokenSource;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a model reads: a text, or token ids. One of them. */
final class TextOptions {
  @Option(
      names = "--text",
      paramLabel = "FILE",
      description = "A UTF-8 text: a file, a pipe, or - for standard input.")
  private @Nullable Path text;

  @Option(
      names = "--ids",
      paramLabel = "FILE",
      description = "Token ids, little-endian int32: a file, a pipe, or - for standard input.")
  private @Nullable Path ids;

  /** The tokens for a model. */
  Corpus corpus(Path model, int vocabulary) {
    return text == null ? Corpus.ofIds(ids(), vocabulary) : Corpus.ofText(text, model);
  }

  /** Adds what is read. */
  CommandFiles inputs(CommandFiles files) {
    return files.reads("--text", text).reads("--ids", ids);
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
