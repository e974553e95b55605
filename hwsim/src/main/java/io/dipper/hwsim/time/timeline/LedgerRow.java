package io.dipper.hwsim.time.timeline;

/**
 * Where the time of one layer of one token went. The components, in this order and in snake case,
 * are the columns of a ledger file; seconds by activity, whose sum over all rows is the elapsed
 * time.
 *
 * @param token counted from 0 over all sequences
 * @param layer counted from 0; the head has the number L of layers
 * @param part {@code layer} or {@code head}
 * @param flashBytes what Flash read for it, whole pages, then or ahead
 */
public record LedgerRow(
    int token,
    int sequence,
    int layer,
    String part,
    double flashS,
    double dramS,
    double computeS,
    double selectS,
    double gatherS,
    double launchS,
    double idleS,
    double flashBytes) {}
