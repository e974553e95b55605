package io.dipper.hwsim.profile.hardware;

import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Provenance;
import java.util.function.DoubleFunction;

/**
 * A number of a profile that can be turned up and down: a quantity, or the throughputs of a
 * measured table together.
 *
 * @param name its path in the profile, e.g. {@code flash.latency}
 * @param unit a base unit, e.g. {@code B/s}
 * @param value in base units; NaN for a table
 * @param times the profile with the number multiplied by a factor: kept within the number's range,
 *     so that an efficiency stays at most 1, and rounded where it must be whole
 */
public record Knob(
    String name,
    String unit,
    Provenance provenance,
    double value,
    DoubleFunction<HardwareProfile> times) {}
