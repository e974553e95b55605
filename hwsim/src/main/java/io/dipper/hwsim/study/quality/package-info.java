/**
 * Perplexity before running the model: how much of its increase follows from the energy that masks
 * lose, fitted on a handful of live runs.
 */
@NullMarked
package io.dipper.hwsim.study.quality;

import org.jspecify.annotations.NullMarked;
