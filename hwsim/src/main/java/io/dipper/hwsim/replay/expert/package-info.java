/**
 * Experts: which of them a router's scores choose, which a cache holds, which are read.
 *
 * <p>An expert is a unit like any other, but a token's experts have an order and weights, experts
 * of different layers differ in size and may share one cache, and the tokens of a prompt are one
 * step.
 */
@NullMarked
package io.dipper.hwsim.replay.expert;

import org.jspecify.annotations.NullMarked;
