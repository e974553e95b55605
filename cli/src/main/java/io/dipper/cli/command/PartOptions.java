package io.dipper.cli.command;

import io.dipper.tracegen.corpus.Corpus;
import io.dipper.tracegen.corpus.Part;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which part of a text a model reads, and how many tokens of it. */
final class PartOptions {
  private Part part = Part.WHOLE;
  private @Nullable Integer tokens;

  @Option(
      names = "--part",
      paramLabel = "I/N",
      description = {
        "Every N-th block of the text, from the I-th on (default: all).",
        "1/2 and 2/2 are disjoint: fit on one, verify on the other."
      })
  private void part(String written) {
    part = Part.parse(written);
  }

  @Option(
      names = "--tokens",
      paramLabel = "N",
      description = "The first N tokens of that (default: all).")
  private void tokens(int number) {
    OptionChecks.atLeastOne("--tokens", number);
    tokens = number;
  }

  Part part() {
    return part;
  }

  /** The number of tokens that was asked for; null for all. */
  @Nullable Integer tokens() {
    return tokens;
  }

  /** That of a text. */
  Corpus of(Corpus text, int block) {
    Corpus taken = text.part(part, block);
    return tokens == null ? taken : taken.limit(tokens);
  }
}
