package io.dipper.hwsim.replay.simd;

/**
 * The module of the Vector API. A JVM that resolves it at its start says so in a line on standard
 * error; one that loads it later does not.
 */
final class VectorModule {
  private static final String NAME = "jdk.incubator.vector";

  private VectorModule() {}

  /** Whether the JVM was started with it. */
  static boolean isResolved() {
    return ModuleLayer.boot().findModule(NAME).isPresent();
  }

  /**
   * Loads it into a running JVM, as the JDK loads the modules of its own agents. That needs {@code
   * --add-exports java.base/jdk.internal.module=ALL-UNNAMED}, as the manifest of the command's jar
   * has it.
   *
   * @return whether it is there now
   */
  static boolean load() {
    try {
      Class.forName("jdk.internal.module.Modules")
          .getMethod("loadModule", String.class)
          .invoke(null, NAME);
      return true;
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Not exported, not in this JDK, or cut out of it: the scalar loops give the same results.
      return false;
    }
  }
}
