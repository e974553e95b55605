/** How far long work is. */
@NullMarked
package io.dipper.progress;

import org.jspecify.annotations.NullMarked;
