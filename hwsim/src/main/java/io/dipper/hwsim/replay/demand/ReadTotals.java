package io.dipper.hwsim.replay.demand;

import org.jspecify.annotations.Nullable;

/**
 * What was read from Flash for a group, over all tokens and layers.
 *
 * @param units read, wrong guesses and gaps included; null where pages are read
 * @param pages read; null where units are
 * @param missedBytes those of missed units, or of the pages that faults read
 */
public record ReadTotals(@Nullable Long units, @Nullable Long pages, double missedBytes) {}
