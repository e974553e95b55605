package io.dipper.hwsim.replay.cache;

import io.dipper.config.Nearest;
import io.dipper.error.UserException;
import io.dipper.proto.CacheStart;
import java.util.List;
import java.util.Locale;

/** What caches can hold when a sequence begins, by name. */
public final class CacheStarts {
  /** As users write them. */
  public static final String NAMES = "cold, carried or prefilled";

  private static final List<CacheStart> STARTS =
      List.of(CacheStart.COLD, CacheStart.CARRIED, CacheStart.PREFILLED);

  private CacheStarts() {}

  /**
   * The start of a name.
   *
   * @throws UserException if there is none
   */
  public static CacheStart parse(String name) {
    return STARTS.stream()
        .filter(start -> print(start).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "unknown cache start '"
                        + name
                        + "'; "
                        + Nearest.hint(name, STARTS.stream().map(CacheStarts::print).toList())));
  }

  /** The name of a start. */
  public static String print(CacheStart start) {
    return start.name().toLowerCase(Locale.ROOT);
  }
}
