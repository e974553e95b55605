package io.dipper.registry;

/**
 * An entry of a registry: what it is, and what is chosen with it, mostly a factory.
 *
 * @param <T> what a registry's entries give
 * @param plugin the SHA-256 of the plugin that it comes from; empty for what is Dipper's own
 */
public record Declared<T>(Description description, T value, String plugin) {
  /** An entry of Dipper's own. */
  public Declared(Description description, T value) {
    this(description, value, "");
  }

  public String name() {
    return description.name();
  }

  /** This entry under another description. */
  public Declared<T> as(Description other) {
    return new Declared<>(other, value, plugin);
  }
}
