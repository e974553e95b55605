package io.dipper.trace;

import io.dipper.error.UserException;
import io.dipper.files.InputFiles;
import io.dipper.proto.ModelShape;
import io.dipper.proto.TraceManifest;
import io.dipper.proto.TraceSummary;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.jspecify.annotations.Nullable;

/**
 * A trace file, mapped and read in place: heap use does not grow with its length. Safe for use by
 * many threads.
 *
 * <p>Opening checks the structure: both ends of the file, the schema against the manifest, the
 * place and shape of every record batch, sequences and positions. The first use of values ({@link
 * #column}, {@link #tokenIds}, {@link #nll} or {@link #verify} itself) checks every byte once, on
 * all cores: checksums where the recorder left them, and that values are finite. What is wrong is a
 * {@link UserException} that names file, column, batch and row; after that no read fails.
 */
public final class TraceReader implements Recording, AutoCloseable {
  private final Path file;
  private final TraceManifest manifest;
  private final @Nullable ColumnNorms norms;
  private final Optional<TraceSummary> summary;
  private final TraceLayout layout;
  private final TraceBatch[] batches;
  private final int[] firstRows;
  private final List<SequenceSpan> sequences;
  private boolean verified;
  private @Nullable String sha256;

  private TraceReader(Path file, ArrowFile arrow, FileChannel channel) throws IOException {
    this.file = file;
    Map<String, String> metadata = arrow.schema().getCustomMetadata();
    this.manifest = TraceMetadata.manifest(file, metadata.get(TraceLayout.MANIFEST_KEY));
    this.layout = TraceMetadata.layout(file, manifest);
    Optional<String> difference = layout.difference(arrow.schema().getFields());
    if (difference.isPresent()) {
      throw UserException.in(file, "its columns are not its manifest's: " + difference.get());
    }
    this.norms = TraceMetadata.norms(file, metadata.get(TraceLayout.NORMS_KEY), layout.shape());
    this.batches = batches(file, arrow, channel, layout);
    this.firstRows = IntStream.range(0, batches.length).map(i -> batches[i].firstRow()).toArray();
    this.sequences = Sequences.of(List.of(batches));
    this.summary = TraceMetadata.summary(file, arrow.footerMetadata().get(TraceLayout.SUMMARY_KEY));
    checkCounts("manifest", manifest.getSequences(), manifest.getTokens());
    summary.ifPresent(s -> checkCounts("summary", s.getSequences(), s.getTokens()));
    int checksums = summary.map(TraceSummary::getBatchCrc32CCount).orElse(0);
    boolean wanted = manifest.getChecksums() || checksums != 0;
    if (wanted && checksums != batches.length) {
      throw UserException.in(
          file, "has " + batches.length + " record batches and " + checksums + " checksums");
    }
  }

  /**
   * Opens a trace and checks its structure.
   *
   * @throws UserException where there is no such file or it is not a whole trace
   */
  public static TraceReader open(Path file) {
    if (Files.isDirectory(file)) {
      throw UserException.in(file, "is a folder, want a trace file (*.arrow)");
    }
    InputFiles.requireFile(file, "a trace");
    try (FileChannel channel = FileChannel.open(file)) {
      return new TraceReader(file, ArrowFile.read(file, channel), channel);
    } catch (NoSuchFileException e) {
      throw new UserException(file + ": there is no such file", e);
    } catch (IOException e) {
      throw UserException.unreadable(file, e);
    }
  }

  public TraceManifest manifest() {
    return manifest;
  }

  @Override
  public ModelShape model() {
    return manifest.getModel();
  }

  /** What only the end of the recording knew; a trace may lack it. */
  public Optional<TraceSummary> summary() {
    return summary;
  }

  @Override
  public @Nullable ColumnNorms norms() {
    return norms;
  }

  /** The number of rows. */
  public int tokens() {
    return batches.length == 0
        ? 0
        : batches[batches.length - 1].firstRow() + batches[batches.length - 1].rows();
  }

  public List<SequenceSpan> sequences() {
    return sequences;
  }

  @Override
  public int[] sequenceLengths() {
    return sequences.stream().mapToInt(SequenceSpan::length).toArray();
  }

  @Override
  public Set<Site> sites() {
    return layout.sites();
  }

  /**
   * The recorded values of a site in a layer.
   *
   * @throws UserException where the site was not recorded, or the file's values are damaged
   */
  @Override
  public SiteColumn column(int layer, Site site) {
    if (layer < 0 || layer >= layout.shape().getLayers()) {
      throw new IndexOutOfBoundsException("layer " + layer + " of " + layout.shape().getLayers());
    }
    int column = layout.siteColumn(layer, site);
    if (column < 0) {
      throw UserException.in(file, absent(layer, site));
    }
    verify();
    return new MappedColumn(batches, firstRows, column, layout.column(column), tokens());
  }

  /** The columns of sites, in the file's order. */
  List<SiteColumns.Column> columns() {
    return IntStream.range(0, layout.siteColumns()).mapToObj(layout::column).toList();
  }

  /** The input token id of every row. */
  public int[] tokenIds() {
    verify();
    int[] ids = new int[tokens()];
    for (TraceBatch batch : batches) {
      for (int row = 0; row < batch.rows(); row++) {
        ids[batch.firstRow() + row] = batch.token(row);
      }
    }
    return ids;
  }

  /** −log p(next token) of every row in nats, in the dense run; NaN where the file has null. */
  public float[] nll() {
    verify();
    float[] nll = new float[tokens()];
    for (TraceBatch batch : batches) {
      for (int row = 0; row < batch.rows(); row++) {
        nll[batch.firstRow() + row] = batch.nll(row);
      }
    }
    return nll;
  }

  /**
   * Checks every value of the file, the first time it is called.
   *
   * @throws UserException naming the first value or batch that is wrong
   */
  public synchronized void verify() {
    if (verified) {
      return;
    }
    IntStream.range(0, batches.length)
        .parallel()
        .mapToObj(i -> BatchCheck.check(batches[i], layout, crc32c(i)))
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(
            error -> {
              throw error;
            });
    verified = true;
  }

  /**
   * The SHA-256 of the whole file in lower-case hex, computed once for as long as it does not
   * change.
   */
  public synchronized String sha256() {
    if (sha256 == null) {
      sha256 = FileDigests.current().of(file);
    }
    return sha256;
  }

  /** Does nothing: the file is unmapped once neither the reader nor its columns are reachable. */
  @Override
  public void close() {}

  private Optional<Integer> crc32c(int batch) {
    return summary.filter(s -> s.getBatchCrc32CCount() > 0).map(s -> s.getBatchCrc32C(batch));
  }

  private String absent(int layer, Site site) {
    if (site.width(model(), layer) == 0 && sites().contains(Site.EXPERTS)) {
      return "the trace holds the chosen experts and their weights alone, and no site '"
          + site.id()
          + "'; record a trace of the model with dipper trace";
    }
    if (site.width(model(), layer) == 0) {
      boolean routed = RoutedLayers.isRouted(model(), layer);
      if (routed && site == Site.ROUTER_AHEAD) {
        return "no layer with experts follows layer %d, so it has no site '%s'"
            .formatted(layer, site.id());
      }
      return "layer %d has %s, so it has no site '%s'"
          .formatted(layer, routed ? "experts" : "no experts", site.id());
    }
    List<String> ids = new ArrayList<>(manifest.getSitesList());
    ids.add(site.id());
    return String.format(
        Locale.ROOT,
        "site '%s' was not recorded; record it with: dipper trace --sites %s --model %s ...",
        site.id(),
        String.join(",", ids),
        manifest.getModel().getName());
  }

  private void checkCounts(String what, int expectedSequences, int expectedTokens) {
    if (expectedSequences != sequences.size() || expectedTokens != tokens()) {
      throw UserException.in(
          file,
          String.format(
              Locale.ROOT,
              "holds %d tokens in %d sequences, its %s says %d in %d",
              tokens(),
              sequences.size(),
              what,
              expectedTokens,
              expectedSequences));
    }
  }

  private static TraceBatch[] batches(
      Path file, ArrowFile arrow, FileChannel channel, TraceLayout layout) throws IOException {
    MappedWindows windows = new MappedWindows(channel, arrow.dataEnd());
    List<TraceBatch> batches = new ArrayList<>();
    int firstRow = 0;
    for (ArrowBlock block : arrow.blocks()) {
      TraceBatch batch =
          TraceBatch.map(file, windows, block, arrow.dataEnd(), layout, batches.size(), firstRow);
      batches.add(batch);
      firstRow += batch.rows();
    }
    return batches.toArray(TraceBatch[]::new);
  }
}
