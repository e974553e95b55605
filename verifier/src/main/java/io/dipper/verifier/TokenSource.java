package io.dipper.verifier;

import java.nio.file.Path;

/** Where the tokens of a verification come from. */
public sealed interface TokenSource {
  /** The sequences of the sweep's trace. */
  record Trace() implements TokenSource {}

  /** A UTF-8 text, tokenised with the model's own tokenizer. */
  record Text(Path file) implements TokenSource {}

  /** Token ids, little-endian int32. */
  record Ids(Path file) implements TokenSource {}
}
