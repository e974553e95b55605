package io.dipper.verifier.live;

import io.dipper.files.CannotWrite;
import io.dipper.files.Room;
import io.dipper.proto.ModelShape;
import io.dipper.trace.ColumnNorms;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import io.dipper.tracegen.runtime.MlpHook;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a trace would hold of the run that it hooks into, rounded as a trace is: of the dense run,
 * so that masks can be compared on tokens of which there is no trace; of a live run, so that caches
 * can follow its routers. The values lie in a scratch file that is mapped, and removed when this is
 * closed; heap use does not grow with the tokens.
 */
public final class RunCapture implements MlpHook, Recording, AutoCloseable {
  private final ModelShape shape;
  private final int[] lengths;
  private final int[] firstRows;
  private final Map<Site, @Nullable CapturedColumn[]> columns = new EnumMap<>(Site.class);
  private final Path file;

  /**
   * @param lengths tokens of each sequence that will be run
   * @param sites to keep
   * @param file the scratch file; replaced if it exists
   * @throws io.dipper.error.UserException if the disk has not the room
   */
  public RunCapture(ModelShape shape, int[] lengths, Set<Site> sites, Path file) {
    this.shape = shape;
    this.lengths = lengths.clone();
    this.firstRows = new int[lengths.length + 1];
    for (int s = 0; s < lengths.length; s++) {
      firstRows[s + 1] = firstRows[s] + lengths[s];
    }
    this.file = file;
    // A mapped file grows as it is written, and a disk that is full then ends the process.
    Room.require(file, bytes(sites), "give fewer --tokens");
    remove();
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      for (Site site : sites) {
        columns.put(site, columns(channel, site));
      }
    } catch (IOException e) {
      throw CannotWrite.error(file, e);
    }
    remove(); // what is mapped stays until the process ends, however it ends
  }

  /** The columns of a site; null for layers that do not have it. */
  private @Nullable CapturedColumn[] columns(FileChannel channel, Site site) throws IOException {
    @Nullable CapturedColumn[] ofSite = new CapturedColumn[shape.getLayers()];
    for (int layer = 0; layer < ofSite.length; layer++) {
      int width = site.width(shape, layer);
      ofSite[layer] =
          width == 0 ? null : new CapturedColumn(channel, site, width, firstRows[lengths.length]);
    }
    return ofSite;
  }

  private long bytes(Set<Site> sites) {
    long bytesPerToken =
        sites.stream()
            .mapToLong(
                site -> (long) site.width(shape) * site.layers(shape) * site.element().bytes())
            .sum();
    return bytesPerToken * firstRows[lengths.length];
  }

  private void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      file.toFile().deleteOnExit(); // some systems keep a file while it is mapped
    }
  }

  @Override
  public void at(Site site, int layer, int sequence, int firstPosition, int rows, float[] values) {
    CapturedColumn column = find(layer, site);
    if (column != null) {
      column.write(firstRows[sequence] + firstPosition, rows, values);
    }
  }

  @Override
  public boolean sees(Site site) {
    return columns.containsKey(site);
  }

  @Override
  public ModelShape model() {
    return shape;
  }

  @Override
  public Set<Site> sites() {
    return columns.keySet();
  }

  @Override
  public int[] sequenceLengths() {
    return lengths.clone();
  }

  @Override
  public SiteColumn column(int layer, Site site) {
    CapturedColumn column = find(layer, site);
    if (column == null) {
      throw new IllegalArgumentException("site " + site.id() + " was not captured");
    }
    return column;
  }

  private @Nullable CapturedColumn find(int layer, Site site) {
    @Nullable CapturedColumn[] ofSite = columns.get(site);
    return ofSite == null ? null : ofSite[layer];
  }

  @Override
  public @Nullable ColumnNorms norms() {
    return null;
  }

  @Override
  public void close() {
    remove();
  }
}
