package io.dipper.hwsim.study.sweep;

/** What a sweep does where its directory holds results already. */
public enum ExistingResults {
  /** An error: nobody's results are lost. */
  REFUSE,
  /** Points that are there, of the same configuration and version, are kept; the others are run. */
  RESUME,
  /** The old results, and what was verified, are replaced. */
  REPLACE
}
