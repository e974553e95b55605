/**
 * Result rows, one per point, and the directory that holds them.
 *
 * <p>Others read and write through {@code ResultDirectory}.
 */
@NullMarked
package io.dipper.hwsim.study.result;

import org.jspecify.annotations.NullMarked;
