package io.dipper.cli.command;

import io.dipper.proto.HardwareProfile;

/**
 * A profile that was made from measurements.
 *
 * @param text how near it comes to them, line by line
 */
record FittedProfile(HardwareProfile profile, String text) {}
