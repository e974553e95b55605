/**
 * What a sweep's points say together: the settings that tell them apart, the dense point that each
 * is held against, the best of each device, and why masks win there or do not.
 *
 * <p>The face is {@code SweptPoints}.
 */
@NullMarked
package io.dipper.hwsim.study.verdict;

import org.jspecify.annotations.NullMarked;
