package io.dipper.hwsim.time.device;

/** One read on its way through a {@link FlashQueue}. */
final class ReadRequest {
  /** When it was submitted. */
  final double submittedPs;

  /** When the device began it. */
  double startedPs = Double.NaN;

  /** Its device commands that have not ended. */
  double commandsLeft;

  ReadRequest(double submittedPs) {
    this.submittedPs = submittedPs;
  }
}
