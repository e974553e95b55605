package io.dipper.hwsim.study.point;

import io.dipper.progress.Progress;

/** Shows how far a replay is as a number of points, those that wait for it. */
final class PointProgress implements Progress {
  private final Progress shown;
  private final long points;
  private long total;
  private long done;
  private long told;

  /**
   * @param points how many points the replay serves
   */
  PointProgress(Progress shown, long points) {
    this.shown = shown;
    this.points = points;
  }

  @Override
  public synchronized void start(String task, String unit, long all) {
    total = all;
    done = 0;
  }

  @Override
  public synchronized void advance(long more) {
    done += more;
    long reached = total <= 0 ? 0 : Math.min(points, points * done / total);
    if (reached > told) {
      shown.advance(reached - told);
      told = reached;
    }
  }
}
