/**
 * Models without a file: named shapes, and how files store their weights.
 *
 * <p>Others look names up in {@code ModelShapes} and {@code Quantisations}.
 */
@NullMarked
package io.dipper.hwsim.profile.model;

import org.jspecify.annotations.NullMarked;
