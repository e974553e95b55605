package io.dipper.hwsim.execute;

import org.jspecify.annotations.Nullable;

/** Counts what steps find and read. */
final class Tally {
  private long hits;
  private long misses;
  private long requests;
  private long bytes;

  void add(StepRun run, @Nullable Batch batch) {
    hits += run.hits();
    misses += run.selected() - run.hits();
    if (batch != null) {
      requests += batch.parts().size();
      bytes += batch.bytes();
    }
  }

  ReadCounts counts() {
    return new ReadCounts(hits, misses, requests, bytes);
  }
}
