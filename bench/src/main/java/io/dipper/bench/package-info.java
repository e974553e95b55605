/** Benchmarks of the hot loops. */
@NullMarked
package io.dipper.bench;

import org.jspecify.annotations.NullMarked;
