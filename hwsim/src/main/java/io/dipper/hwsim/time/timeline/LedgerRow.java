package io.dipper.hwsim.time.timeline;

/**
 * Where the time of one layer of one token went. The components and theirs, in this order and in
 * snake case, are the columns of a ledger file.
 *
 * @param token counted from 0 over all sequences
 * @param layer counted from 0; the head has the number L of layers
 * @param part {@code layer} or {@code head}
 * @param seconds by activity; their sum over all rows is the elapsed time
 * @param flashBytes what Flash read for it, whole pages, then or ahead
 */
public record LedgerRow(
    int token, int sequence, int layer, String part, Seconds seconds, double flashBytes) {

  /** Seconds by activity. */
  public record Seconds(double flashS, double dramS, double computeS, Host host, double idleS) {}

  /** Seconds of the host beside arithmetic. */
  public record Host(double selectS, double gatherS, double admitS, double launchS) {}
}
