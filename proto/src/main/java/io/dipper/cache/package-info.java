/** What is remembered from one command to the next: cheap to lose, never relied upon. */
@NullMarked
package io.dipper.cache;

import org.jspecify.annotations.NullMarked;
