package io.dipper.hwsim.time.engine;

/**
 * What a step works on.
 *
 * @param selected units; 0 where no mask is involved
 * @param hits those of them that are cached
 * @param flashBytes read from Flash for this step, whole pages, then or ahead
 * @param requests that read them
 */
public record StepDemand(
    Place place, int selected, int hits, double flashBytes, double requests, double atPs) {}
