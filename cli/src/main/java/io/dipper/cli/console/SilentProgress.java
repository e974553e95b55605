package io.dipper.cli.console;

/** Shows nothing. */
final class SilentProgress implements ShownProgress {
  @Override
  public void start(String task, String unit, long total) {}

  @Override
  public void advance(long done) {}

  @Override
  public void close() {}
}
