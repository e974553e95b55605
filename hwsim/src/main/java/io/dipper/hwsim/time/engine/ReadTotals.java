package io.dipper.hwsim.time.engine;

/** What all reads that were ever begun ask of Flash. */
final class ReadTotals {
  private double requests;
  private double bytes;
  private double unmeasuredBytes;

  void add(Fetch fetch) {
    requests += fetch.requests;
    bytes += fetch.bytes;
    unmeasuredBytes += fetch.unmeasuredBytes;
  }

  double requests() {
    return requests;
  }

  double bytes() {
    return bytes;
  }

  /** The bytes of reads that the device's table does not tell of. */
  double unmeasuredBytes() {
    return unmeasuredBytes;
  }
}
