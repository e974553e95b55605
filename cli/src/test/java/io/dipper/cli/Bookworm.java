package io.dipper.cli;

import io.dipper.testing.SharedData;
import java.nio.file.Path;

/** The embedded model, its held-out text, and how tests record the one on the other. */
final class Bookworm {
  static final Path MODEL = SharedData.model("bookworm-3m-q8_0.gguf");
  static final Path TEXT = SharedData.model("bookworm-heldout.txt");

  private Bookworm() {}

  /** Records 256 tokens in two sequences, with one more option. */
  static Run record(Path trace, Object option, Object value) {
    return Run.dipper(
        "trace",
        "--model",
        MODEL,
        "--text",
        TEXT,
        "--tokens",
        256,
        "--block",
        128,
        option,
        value,
        "-o",
        trace);
  }
}
