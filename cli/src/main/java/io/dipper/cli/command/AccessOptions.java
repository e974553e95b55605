package io.dipper.cli.command;

import io.dipper.error.UserException;
import io.dipper.files.CommandFiles;
import io.dipper.hwsim.study.point.AccessFile;
import io.dipper.hwsim.time.timeline.RunFiles;
import io.dipper.hwsim.time.timeline.TokenRange;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that write down what becomes of every unit. */
final class AccessOptions {
  @Option(
      names = "--accesses",
      paramLabel = "FILE",
      description =
          "What some tokens do with every unit: hit, read, guessed, and where it lies on Flash, as"
              + " .csv or .parquet. Replaced if it is there.")
  private @Nullable Path file;

  @Option(
      names = "--accesses-tokens",
      paramLabel = "A..B",
      description =
          "The tokens of --accesses, counted from 0 over all sequences (default: the first "
              + RunFiles.DEFAULT_TOKENS
              + ").")
  private @Nullable String tokens;

  /** Adds what is written. */
  CommandFiles outputs(CommandFiles files) {
    return files.writes("--accesses", file);
  }

  /**
   * The file that is asked for.
   *
   * @param alone whether nothing else is written of the run
   */
  Optional<AccessFile> file(boolean alone) {
    if (file == null) {
      if (tokens != null) {
        throw new UserException("--accesses-tokens says nothing without --accesses FILE; add it");
      }
      return Optional.empty();
    }
    if (!alone) {
      throw new UserException(
          "--accesses is written by itself; leave --ledger, --timeline and --sensitivity to another"
              + " run");
    }
    return Optional.of(new AccessFile(file, tokens == null ? null : TokenRange.parse(tokens)));
  }
}
