/** The one kind of error that a user sees. */
@NullMarked
package io.dipper.error;

import org.jspecify.annotations.NullMarked;
