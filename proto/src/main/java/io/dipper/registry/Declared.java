package io.dipper.registry;

/**
 * An entry of a registry: what it is, and what is chosen with it, mostly a factory.
 *
 * @param <T> what a registry's entries give
 */
public record Declared<T>(Description description, T value) {
  public String name() {
    return description.name();
  }
}
