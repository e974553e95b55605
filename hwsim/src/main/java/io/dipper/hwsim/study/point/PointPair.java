package io.dipper.hwsim.study.point;

/** A point and the dense one that it is held against, on one device. */
public record PointPair(PlannedPoint masked, PlannedPoint dense) {}
