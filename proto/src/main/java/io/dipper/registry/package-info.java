/**
 * Things that users choose by name: how one is declared, its parameters, and the registries that
 * find it.
 *
 * <p>Whoever adds a policy or a cache writes one {@code Declared}; {@code Registry} does the rest.
 * Whoever does so outside this tree writes a {@code Provider} too, which {@code Plugins} find.
 */
@NullMarked
package io.dipper.registry;

import org.jspecify.annotations.NullMarked;
