package io.dipper.hwsim.execute;

import java.nio.file.Path;

/**
 * How a point is executed.
 *
 * @param file that its weights are written into; it is removed at the end unless it is kept
 * @param threads that multiply
 * @param lanes reads in flight
 * @param warmUp tokens that are run before the time is taken, until compilers have done their work
 */
public record ExecutionRequest(Path file, boolean keep, int threads, int lanes, int warmUp) {}
