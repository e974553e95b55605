package io.dipper.tracegen.learn;

import io.dipper.adapter.AdapterTarget;
import java.util.Set;

/**
 * What an adapter is to be.
 *
 * @param rank of its maps
 * @param targets the matrices that it is beside, in every layer
 * @param seed of A's initial values
 */
public record AdapterForm(int rank, Set<AdapterTarget> targets, long seed) {}
