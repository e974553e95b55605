package io.dipper.verifier;

import io.dipper.tracegen.corpus.Part;
import java.nio.file.Path;

/** Where the tokens of a verification come from. */
public sealed interface TokenSource {
  /** The sequences of the sweep's trace. */
  record Trace() implements TokenSource {}

  /** A UTF-8 text, tokenised with the model's own tokenizer, or a part of it. */
  record Text(Path file, Part part) implements TokenSource {}

  /** Token ids, little-endian int32, or a part of them. */
  record Ids(Path file, Part part) implements TokenSource {}
}
