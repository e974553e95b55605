/**
 * Points as competitors: amount, speed and memory, who beats whom, and what is asked of the winner.
 */
@NullMarked
package io.dipper.verifier.candidate;

import org.jspecify.annotations.NullMarked;
