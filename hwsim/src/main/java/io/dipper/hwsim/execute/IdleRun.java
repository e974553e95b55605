package io.dipper.hwsim.execute;

/** A step in which nothing is done: that of the experts in a layer that has none. */
final class IdleRun extends StepRun {}
