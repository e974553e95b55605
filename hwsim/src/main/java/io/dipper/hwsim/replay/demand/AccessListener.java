package io.dipper.hwsim.replay.demand;

/** Hears every access of a replay of many points. */
public interface AccessListener {
  /** Hears nothing. */
  AccessListener NONE = (point, access) -> {};

  /**
   * One access. Rows of the same point, group and layer come in order; different layers and groups
   * may come from different threads at once.
   *
   * @param point the index of the point
   * @param access valid during this call only
   */
  void onAccess(int point, Access access);
}
