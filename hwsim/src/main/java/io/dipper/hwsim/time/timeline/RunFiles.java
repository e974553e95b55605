package io.dipper.hwsim.time.timeline;

import io.dipper.files.AtomicFile;
import io.dipper.files.FileKind;
import io.dipper.files.OutputFile;
import io.dipper.hwsim.time.engine.EngineListener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The files into which a run is written while it happens: any of them or none. Each is there whole
 * at the end, or not at all.
 *
 * @param ledger a CSV, see {@link LedgerRow}; null for none
 * @param timeline a Perfetto trace, see {@link Timeline}; null for none
 * @param tokens those of the timeline; null for the first {@value #DEFAULT_TOKENS}, or all if there
 *     are fewer
 * @param perToken a CSV, see {@link TokenRow}; null for none
 */
public record RunFiles(
    @Nullable Path ledger,
    @Nullable Path timeline,
    @Nullable TokenRange tokens,
    @Nullable Path perToken) {
  /** A ledger and a timeline. */
  public RunFiles(@Nullable Path ledger, @Nullable Path timeline, @Nullable TokenRange tokens) {
    this(ledger, timeline, tokens, null);
  }

  /** How many tokens a timeline has where nobody says which. */
  public static final int DEFAULT_TOKENS = 8;

  /** Whether nothing is to be written. */
  public boolean isEmpty() {
    return ledger == null && timeline == null && perToken == null;
  }

  /**
   * Makes a run, and writes it down.
   *
   * @param run is given the listener that writes
   * @return what the run returns
   * @throws io.dipper.error.UserException if a file cannot be written or a token does not exist
   */
  public <T> T write(RunShape shape, Function<EngineListener, T> run) {
    TokenRange range = range(shape);
    return with(
        ledger,
        LedgerFile.KIND,
        out -> new LedgerFile(out, shape),
        EngineListener.NONE,
        one ->
            with(
                perToken,
                TokenFile.KIND,
                TokenFile::new,
                one,
                two ->
                    with(
                        timeline,
                        PerfettoTrace.KIND,
                        out -> new Timeline(new PerfettoTrace(out), range, shape.layers()),
                        two,
                        run)));
  }

  private TokenRange range(RunShape shape) {
    return tokens == null
        ? new TokenRange(0, Math.min(DEFAULT_TOKENS, shape.tokens()) - 1)
        : tokens.within(shape.tokens());
  }

  /** Makes a run that a file hears, where there is one, and what others hear. */
  private static <T> T with(
      @Nullable Path path,
      FileKind kind,
      Function<OutputStream, RunFile> begin,
      EngineListener other,
      Function<EngineListener, T> run) {
    if (path == null) {
      return run.apply(other);
    }
    List<T> result = new ArrayList<>(1);
    AtomicFile.write(
        path,
        OutputFile.Existing.REPLACED,
        kind,
        out -> {
          try (RunFile file = begin.apply(out)) {
            result.add(run.apply(both(file, other)));
          } catch (UncheckedIOException e) {
            throw checked(e);
          }
        });
    return result.get(0);
  }

  private static EngineListener both(EngineListener file, EngineListener other) {
    return other == EngineListener.NONE ? file : new BothListeners(file, other);
  }

  private static IOException checked(UncheckedIOException e) {
    IOException cause = e.getCause();
    return cause == null ? new IOException(e) : cause;
  }
}
