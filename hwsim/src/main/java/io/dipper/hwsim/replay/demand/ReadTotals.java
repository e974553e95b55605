package io.dipper.hwsim.replay.demand;

import org.jspecify.annotations.Nullable;

/**
 * What was read from Flash for a group, over all tokens and layers.
 *
 * @param units read, wrong guesses and gaps included; null where pages of a mapped file are
 * @param pages read, or in which experts lie; null where units are read one by one
 * @param missedBytes those of missed units, or of the pages that faults read
 */
public record ReadTotals(@Nullable Long units, @Nullable Long pages, double missedBytes) {}
