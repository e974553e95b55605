package io.dipper.hwsim.time.engine;

/** A stretch of a token, spent on one activity. */
public record Stretch(Place place, Activity activity, double startPs, double endPs) {}
