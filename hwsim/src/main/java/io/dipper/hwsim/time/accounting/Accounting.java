package io.dipper.hwsim.time.accounting;

import io.dipper.hwsim.time.schedule.Workload;

/** Turns a demand into time on a device. */
public interface Accounting {
  /** The time of a workload on the device of its point. */
  Timing time(Workload work);
}
