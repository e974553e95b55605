package io.dipper.tracegen.hub;

import java.util.List;

/**
 * A public model that Dipper knows by name.
 *
 * @param name what a user types
 * @param description one line: size, quantisation, licence where it asks for something
 * @param repository on the hub, {@code owner/name}
 * @param revision a branch or commit of the repository
 * @param files what to download; one GGUF file, or the files of a Hugging Face directory
 */
public record HubModel(
    String name, String description, String repository, String revision, List<HubFile> files) {
  public HubModel {
    files = List.copyOf(files);
  }

  /** The bytes of all files, about: as the hub's pages round them. */
  public long aboutBytes() {
    return files.stream().mapToLong(HubFile::aboutBytes).sum();
  }
}
