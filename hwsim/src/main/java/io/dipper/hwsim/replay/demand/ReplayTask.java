package io.dipper.hwsim.replay.demand;

/** A part of a replay that one thread does. */
interface ReplayTask extends Runnable {
  /** How many layers' groups it walks through, each token by token. */
  long columns();
}
