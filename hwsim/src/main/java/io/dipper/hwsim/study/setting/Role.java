package io.dipper.hwsim.study.setting;

/**
 * What a setting does to points.
 *
 * @param topic what it is about
 * @param isCondition whether it is given and cannot be chosen to be faster, so that points compare
 *     where it is equal; else it is a way to do the same work
 * @param spans whether a sweep may give several values
 */
public record Role(Topic topic, boolean isCondition, boolean spans) {
  /** What settings are about, in the order in which a reader asks for them. */
  public enum Topic {
    DEVICE,
    MASK,
    MEMORY,
    FETCHING,
    RUN
  }

  /** Something given, of which a sweep may have several values. */
  static Role condition(Topic topic) {
    return new Role(topic, true, true);
  }

  /** A way to do the work, of which a sweep may have several. */
  static Role way(Topic topic) {
    return new Role(topic, false, true);
  }

  /** Something given that is the same in a whole sweep. */
  static Role common(Topic topic) {
    return new Role(topic, true, false);
  }
}
