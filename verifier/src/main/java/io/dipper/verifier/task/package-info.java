/** Multiple-choice tasks in the model: items from files, their likelihoods, and accuracies. */
@NullMarked
package io.dipper.verifier.task;

import org.jspecify.annotations.NullMarked;
