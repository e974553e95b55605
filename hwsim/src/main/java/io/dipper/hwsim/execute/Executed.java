package io.dipper.hwsim.execute;

import io.dipper.hwsim.execute.read.ReadCounts;
import io.dipper.hwsim.time.engine.TimeLedger;

/**
 * What came of executing a point.
 *
 * @param tokensPerSecond the mean over sequences of each one's throughput
 * @param ledger where the time of a token went, the mean; what products read from memory and
 *     compute cannot be told apart, and is all in {@code compute}
 * @param counts over all tokens
 */
public record Executed(double tokensPerSecond, TimeLedger ledger, ReadCounts counts) {}
