/**
 * The door that every file goes through: what is read is not written over, what is written is
 * whole.
 */
@NullMarked
package io.dipper.files;

import org.jspecify.annotations.NullMarked;
