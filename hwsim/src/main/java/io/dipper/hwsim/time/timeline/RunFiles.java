package io.dipper.hwsim.time.timeline;

import io.dipper.files.AtomicFile;
import io.dipper.files.OutputFile;
import io.dipper.hwsim.time.engine.EngineListener;
import java.io.IOException;
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
    return withLedger(
        shape, hears -> withTokens(hears, both -> withTimeline(shape, range, both, run)));
  }

  private TokenRange range(RunShape shape) {
    return tokens == null
        ? new TokenRange(0, Math.min(DEFAULT_TOKENS, shape.tokens()) - 1)
        : tokens.within(shape.tokens());
  }

  private <T> T withLedger(RunShape shape, Function<EngineListener, T> run) {
    if (ledger == null) {
      return run.apply(EngineListener.NONE);
    }
    List<T> result = new ArrayList<>(1);
    AtomicFile.write(
        ledger,
        OutputFile.Existing.REPLACED,
        LedgerFile.KIND,
        out -> {
          try (LedgerFile file = new LedgerFile(out, shape)) {
            result.add(run.apply(file));
          } catch (UncheckedIOException e) {
            throw checked(e);
          }
        });
    return result.get(0);
  }

  private <T> T withTokens(EngineListener other, Function<EngineListener, T> run) {
    if (perToken == null) {
      return run.apply(other);
    }
    List<T> result = new ArrayList<>(1);
    AtomicFile.write(
        perToken,
        out -> {
          try (TokenFile file = new TokenFile(out)) {
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

  private <T> T withTimeline(
      RunShape shape, TokenRange range, EngineListener other, Function<EngineListener, T> run) {
    if (timeline == null) {
      return run.apply(other);
    }
    List<T> result = new ArrayList<>(1);
    AtomicFile.write(
        timeline,
        OutputFile.Existing.REPLACED,
        PerfettoTrace.KIND,
        out -> {
          try (Timeline file = new Timeline(new PerfettoTrace(out), range, shape.layers())) {
            result.add(run.apply(both(file, other)));
          } catch (UncheckedIOException e) {
            throw checked(e);
          }
        });
    return result.get(0);
  }

  private static IOException checked(UncheckedIOException e) {
    IOException cause = e.getCause();
    return cause == null ? new IOException(e) : cause;
  }
}
