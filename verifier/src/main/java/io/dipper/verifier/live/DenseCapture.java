package io.dipper.verifier.live;

import io.dipper.files.CannotWrite;
import io.dipper.files.Room;
import io.dipper.proto.ModelShape;
import io.dipper.trace.ColumnNorms;
import io.dipper.trace.Fp16;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import io.dipper.tracegen.runtime.MlpHook;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a trace would hold of the dense run that it hooks into, rounded to fp16 as a trace is: so
 * that masks can be compared on tokens of which there is no trace. The values lie in a scratch file
 * that is mapped, and removed when this is closed; heap use does not grow with the tokens.
 */
public final class DenseCapture implements MlpHook, Recording, AutoCloseable {
  private final ModelShape shape;
  private final int[] lengths;
  private final int[] firstRows;
  private final Map<Site, Column[]> columns = new EnumMap<>(Site.class);
  private final Path file;
  private short[] rounded = {};

  /**
   * @param lengths tokens of each sequence that will be run
   * @param sites to keep
   * @param file the scratch file; replaced if it exists
   * @throws io.dipper.error.UserException if the disk has not the room
   */
  public DenseCapture(ModelShape shape, int[] lengths, Set<Site> sites, Path file) {
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
        Column[] ofSite = new Column[shape.getLayers()];
        for (int layer = 0; layer < ofSite.length; layer++) {
          ofSite[layer] = Column.map(channel, site.width(shape), firstRows[lengths.length]);
        }
        columns.put(site, ofSite);
      }
    } catch (IOException e) {
      throw CannotWrite.error(file, e);
    }
    remove(); // what is mapped stays until the process ends, however it ends
  }

  private long bytes(Set<Site> sites) {
    long values = sites.stream().mapToLong(site -> site.width(shape)).sum() * shape.getLayers();
    return values * firstRows[lengths.length] * Short.BYTES;
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
    Column[] ofSite = columns.get(site);
    if (ofSite == null) {
      return;
    }
    int count = rows * ofSite[layer].width();
    if (rounded.length < count) {
      rounded = new short[count];
    }
    Fp16.encode(values, 0, rounded, 0, count);
    ofSite[layer].write(firstRows[sequence] + firstPosition, rows, rounded);
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
    Column[] ofSite = columns.get(site);
    if (ofSite == null) {
      throw new IllegalArgumentException("site " + site.id() + " was not captured");
    }
    return ofSite[layer];
  }

  @Override
  public @Nullable ColumnNorms norms() {
    return null;
  }

  @Override
  public void close() {
    remove();
  }

  /** One site of one layer, in mapped pieces of whole rows. */
  private record Column(int width, int rows, int rowsPerPiece, List<ShortBuffer> pieces)
      implements SiteColumn {

    static Column map(FileChannel channel, int width, int rows) throws IOException {
      int rowsPerPiece = Integer.MAX_VALUE / Short.BYTES / width;
      List<ShortBuffer> pieces = new ArrayList<>();
      for (int row = 0; row < rows; row += rowsPerPiece) {
        long bytes = (long) Math.min(rowsPerPiece, rows - row) * width * Short.BYTES;
        pieces.add(
            channel
                .map(FileChannel.MapMode.READ_WRITE, channel.size(), bytes)
                .order(ByteOrder.nativeOrder())
                .asShortBuffer());
      }
      return new Column(width, rows, rowsPerPiece, pieces);
    }

    void write(int firstRow, int count, short[] values) {
      for (int r = 0; r < count; r++) {
        int row = firstRow + r;
        pieces.get(row / rowsPerPiece).put(row % rowsPerPiece * width, values, r * width, width);
      }
    }

    @Override
    public void read(int row, short[] out) {
      pieces.get(row / rowsPerPiece).get(row % rowsPerPiece * width, out, 0, width);
    }
  }
}
