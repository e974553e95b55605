package io.dipper.hwsim.time.engine;

/**
 * The time to the first token, in seconds; NaN where the accounting does not tell.
 *
 * @param beginning with what caches hold when a run begins: nothing, so that every MLP weight under
 *     a mask comes from Flash, or what a sequence before left where caches are carried over
 * @param warm with full caches, so that only what is not in them comes from Flash
 */
public record FirstToken(double beginning, double warm) {}
