package io.dipper.hwsim.time.engine;

import org.jspecify.annotations.Nullable;

/** Something that has reads for an idle Flash, in an order of its own. */
interface ReadSource {
  /**
   * The read that begins now; null where none is left, or there is no room for it.
   *
   * @param row the token under way
   */
  @Nullable Read next(int row);
}
