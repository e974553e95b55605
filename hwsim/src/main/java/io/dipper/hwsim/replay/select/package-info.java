/**
 * Exact selection of the k largest of n magnitudes, and the rows they are recorded in: kernels that
 * know no policy.
 *
 * <p>Policies enter by {@code TopK} and {@code RecordedRow}; the rest is how these are fast.
 */
@NullMarked
package io.dipper.hwsim.replay.select;

import org.jspecify.annotations.NullMarked;
