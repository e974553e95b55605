package io.dipper.hwsim.replay.demand;

/** Receives what each token does with the units of a layer and group, before the cache changes. */
public interface AccessSink {
  /** Takes in one token's access, which is valid during this call only. */
  void accept(Access access);
}
