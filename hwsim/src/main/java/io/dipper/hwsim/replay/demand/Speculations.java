package io.dipper.hwsim.replay.demand;

import io.dipper.config.Nearest;
import io.dipper.error.UserException;
import io.dipper.proto.Speculation;
import java.util.List;

/** What can be fetched before a mask is known, by name. */
public final class Speculations {
  /** As users write them. */
  public static final String NAMES = "none or previous-layer";

  private static final List<Speculation> KINDS =
      List.of(Speculation.NO_SPECULATION, Speculation.PREVIOUS_LAYER);

  private Speculations() {}

  /**
   * The speculation of a name.
   *
   * @throws UserException if there is none
   */
  public static Speculation parse(String name) {
    return KINDS.stream()
        .filter(kind -> print(kind).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "unknown speculation '"
                        + name
                        + "'; "
                        + Nearest.hint(name, KINDS.stream().map(Speculations::print).toList())));
  }

  /** The name of a speculation. */
  public static String print(Speculation kind) {
    return kind == Speculation.PREVIOUS_LAYER ? "previous-layer" : "none";
  }
}
