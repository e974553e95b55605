/**
 * Configuration files: strict YAML with places, quantities with units, and messages read from and
 * echoed to them.
 */
@NullMarked
package io.dipper.config;

import org.jspecify.annotations.NullMarked;
