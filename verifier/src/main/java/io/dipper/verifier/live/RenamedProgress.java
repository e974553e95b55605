package io.dipper.verifier.live;

import io.dipper.progress.Progress;

/** Work that is shown under another name than it gives itself. */
record RenamedProgress(Progress shown, String name) implements Progress {
  @Override
  public void start(String task, String unit, long total) {
    shown.start(name, unit, total);
  }

  @Override
  public void advance(long done) {
    shown.advance(done);
  }
}
