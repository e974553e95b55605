package io.dipper.hwsim.study.sweep;

import io.dipper.error.UserException;
import java.util.ServiceLoader;

/**
 * An engine that needs more than this module: it is on the class path where the launcher puts it
 * there, and found by {@link ServiceLoader}.
 */
public interface ClusterEngine {
  /** What {@code --engine} calls it. */
  String name();

  /** The engine for a cluster; connects when it is run. */
  PointEngine on(ClusterOptions options);

  /**
   * The engine of a name.
   *
   * @throws UserException if it is not on the class path
   */
  static ClusterEngine named(String name) {
    return ServiceLoader.load(ClusterEngine.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(engine -> engine.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "--engine "
                        + name
                        + ": is not on the class path; start the command with ./dipper, which"
                        + " builds it (mvn -Pspark -pl spark -am package)"));
  }
}
