package io.dipper.hwsim.execute.read;

import java.util.ArrayList;
import java.util.List;

/**
 * What a run found in caches and read, over all its tokens.
 *
 * @param hits units that were selected and cached
 * @param misses units that were selected and not cached
 * @param requests sent to Flash
 * @param bytes that they read, whole pages
 */
public record ReadCounts(long hits, long misses, long requests, long bytes) {
  /** These with other bytes. */
  public ReadCounts withBytes(long other) {
    return new ReadCounts(hits, misses, requests, other);
  }

  /** The names of those that differ from others, e.g. {@code requests, bytes}; empty for none. */
  public String differing(ReadCounts other) {
    List<String> names = new ArrayList<>();
    add(hits != other.hits, "hits", names);
    add(misses != other.misses, "misses", names);
    add(requests != other.requests, "requests", names);
    add(bytes != other.bytes, "bytes", names);
    return String.join(", ", names);
  }

  private static void add(boolean differs, String name, List<String> names) {
    if (differs) {
      names.add(name);
    }
  }
}
