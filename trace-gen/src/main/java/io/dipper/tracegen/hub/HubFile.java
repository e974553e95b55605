package io.dipper.tracegen.hub;

import org.jspecify.annotations.Nullable;

/**
 * A file of a model on the hub.
 *
 * @param path in the repository
 * @param aboutBytes its size, rounded as the hub's pages round it
 * @param sha256 its digest in lower-case hex where it is known beforehand; else the hub's word is
 *     taken
 */
public record HubFile(String path, long aboutBytes, @Nullable String sha256) {
  /** The path's last part: its name on disk. */
  public String fileName() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
