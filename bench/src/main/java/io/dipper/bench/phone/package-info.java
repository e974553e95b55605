/**
 * A phone's runs of a model with experts, beside what its profile predicts.
 *
 * <p>Others run {@code PhoneExperts}.
 */
@NullMarked
package io.dipper.bench.phone;

import org.jspecify.annotations.NullMarked;
