package io.dipper.hwsim.study.sweep;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an engine reaches its cluster.
 *
 * @param master where the cluster is, as the engine writes it, e.g. {@code spark://host:7077}
 * @param trace where the cluster's machines find the trace; null for the same path as here
 * @param settings of the engine's own, by key
 */
public record ClusterOptions(String master, @Nullable String trace, Map<String, String> settings) {}
