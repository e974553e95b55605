package io.dipper.registry;

import java.util.List;

/**
 * What a plugin brings to a registry. A plugin's class implements one of the interfaces that extend
 * this one, has a public constructor without parameters, and is named in {@code META-INF/services}.
 *
 * @param <T> what the registry's entries give
 */
public interface Provider<T> {
  /** The entries, whose names no other entry has. */
  List<Declared<T>> entries();
}
