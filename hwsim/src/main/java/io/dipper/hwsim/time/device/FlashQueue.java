package io.dipper.hwsim.time.device;

/**
 * A Flash device that serves reads one by one, as events: what the closed forms of {@link
 * FlashTiming} stand for, and what a benchmark measures. All reads of a queue have one size.
 */
interface FlashQueue {
  /** Hands a read to the device now; the queue's owner is told when it has ended. */
  void submit(ReadRequest request);
}
