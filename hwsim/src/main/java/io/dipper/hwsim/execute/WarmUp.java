package io.dipper.hwsim.execute;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is run before the time is taken: so many tokens, or as many as it takes until nothing is
 * compiled any more, since compilers would share the cores with products.
 *
 * @param tokens at least; 0 for nothing
 * @param untilCompiled whether to go on after them for as long as anything is compiled
 */
public record WarmUp(int tokens, boolean untilCompiled) {
  /** Tokens that are run first; then twice as many, as caches fill only with more of them. */
  private static final int FIRST = 4;

  /** For how long nothing may be compiled, and when it is given up. */
  private static final long REST_NANOS = 500_000_000L;

  private static final long MOST_NANOS = 60 * REST_NANOS;

  /** The share of a time that compiling may take where it is said to rest. */
  private static final double AT_REST = 0.01;

  /** Exactly so many tokens. */
  public static WarmUp of(int tokens) {
    return new WarmUp(tokens, false);
  }

  /** Until nothing is compiled any more. */
  public static WarmUp untilItIsCompiled() {
    return new WarmUp(FIRST, true);
  }

  /** How many tokens that will be; -1 where only compilers know. */
  long total() {
    return untilCompiled ? -1 : tokens;
  }

  /**
   * Warms up.
   *
   * @param sequence tokens that there are
   * @param run runs so many of them from the beginning
   */
  void run(int sequence, IntConsumer run) {
    int left = tokens;
    while (left > 0) {
      int now = Math.min(left, sequence);
      run.accept(now);
      left -= now;
    }
    CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
    if (!untilCompiled || !tells(compilers)) {
      return;
    }
    long begin = System.nanoTime();
    long since = begin;
    long compiled = compilers.getTotalCompilationTime();
    for (int next = FIRST; since - begin < MOST_NANOS; next = Math.min(2 * next, sequence)) {
      run.accept(Math.min(next, sequence));
      long now = System.nanoTime();
      if (now - since >= REST_NANOS) {
        long all = compilers.getTotalCompilationTime();
        if ((all - compiled) * 1e6 <= AT_REST * (now - since)) {
          return;
        }
        compiled = all;
        since = now;
      }
    }
  }

  private static boolean tells(@Nullable CompilationMXBean compilers) {
    return compilers != null && compilers.isCompilationTimeMonitoringSupported();
  }
}
