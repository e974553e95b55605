package io.dipper.trace;

import io.dipper.proto.ModelShape;
import io.dipper.proto.TraceManifest;
import io.dipper.trace.SiteColumns.Column;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a trace, as its manifest fixes them: four columns about the token, then for each
 * layer one column per recorded site that it has, in the manifest's order.
 */
final class TraceLayout {
  static final int FORMAT_VERSION = 1;
  static final String MANIFEST_KEY = "dipper.manifest";
  static final String NORMS_KEY = "dipper.norms";
  static final String SUMMARY_KEY = "dipper.summary";

  /** The columns before the sites: sequence, position, token, nll. */
  static final List<Field> TOKEN_FIELDS =
      List.of(
          int32("sequence"),
          int32("position"),
          int32("token"),
          new Field(
              "nll",
              FieldType.nullable(new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE)),
              null));

  private final ModelShape shape;
  private final List<Site> sites;

  /** Made when it is first asked for: a damaged manifest may claim any number of layers. */
  private @Nullable SiteColumns columns;

  private TraceLayout(ModelShape shape, List<Site> sites) {
    this.shape = shape;
    this.sites = sites;
  }

  /**
   * @throws IllegalArgumentException where the manifest describes no trace; its message says why
   */
  static TraceLayout of(TraceManifest manifest) {
    if (manifest.getFormatVersion() != FORMAT_VERSION) {
      throw new IllegalArgumentException(
          "format version " + manifest.getFormatVersion() + ", want " + FORMAT_VERSION);
    }
    List<Site> sites = new ArrayList<>();
    for (String id : manifest.getSitesList()) {
      sites.add(
          Site.of(id)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "unknown site '" + id + "', want some of " + Site.names())));
    }
    if (sites.isEmpty() || EnumSet.copyOf(sites).size() != sites.size()) {
      throw new IllegalArgumentException(
          "sites are "
              + manifest.getSitesList()
              + ", want each of "
              + Site.names()
              + " at most once");
    }
    ManifestShape.check(manifest.getModel(), sites);
    return new TraceLayout(manifest.getModel(), List.copyOf(sites));
  }

  ModelShape shape() {
    return shape;
  }

  Set<Site> sites() {
    return Collections.unmodifiableSet(EnumSet.copyOf(sites));
  }

  /** How many columns hold values of sites. */
  int siteColumns() {
    return columns().count();
  }

  /** The index of a site's column among the site columns; -1 where it was not recorded. */
  int siteColumn(int layer, Site site) {
    return columns().index(layer, site);
  }

  Column column(int siteColumn) {
    return columns().get(siteColumn);
  }

  int width(int siteColumn) {
    return column(siteColumn).width();
  }

  String name(int siteColumn) {
    return column(siteColumn).name();
  }

  private synchronized SiteColumns columns() {
    if (columns == null) {
      columns = new SiteColumns(shape, sites);
    }
    return columns;
  }

  /** The bytes of one token's row. */
  long bytesPerRow() {
    long bytes = 4L * Integer.BYTES;
    for (int column = 0; column < siteColumns(); column++) {
      bytes += column(column).bytesPerRow();
    }
    return bytes;
  }

  Schema schema(Map<String, String> metadata) {
    List<Field> fields = new ArrayList<>(TOKEN_FIELDS);
    for (int column = 0; column < siteColumns(); column++) {
      fields.add(siteField(column(column)));
    }
    return new Schema(fields, metadata);
  }

  /** The first way in which a file's columns are not the manifest's; empty where there is none. */
  Optional<String> difference(List<Field> actual) {
    int i = 0;
    for (Field want : TOKEN_FIELDS) {
      if (i < actual.size() && !want.equals(actual.get(i))) {
        return Optional.of(different(i, actual.get(i), want));
      }
      i++;
    }
    for (int layer = 0; layer < shape.getLayers() && i < actual.size(); layer++) {
      for (Site site : sites) {
        int width = site.width(shape, layer);
        if (width > 0 && i < actual.size()) {
          Field want = siteField(new Column(layer, site, width));
          if (!want.equals(actual.get(i))) {
            return Optional.of(different(i, actual.get(i), want));
          }
          i++;
        }
      }
    }
    long expected = expectedColumns();
    return actual.size() == expected
        ? Optional.empty()
        : Optional.of("it has " + actual.size() + " columns, want " + expected);
  }

  private static String different(int index, Field actual, Field want) {
    return "column " + index + " is '" + actual + "', want '" + want + "'";
  }

  /** Counted, not enumerated. */
  private long expectedColumns() {
    return TOKEN_FIELDS.size() + sites.stream().mapToLong(site -> site.layers(shape)).sum();
  }

  private static Field siteField(Column column) {
    Field item = new Field("item", FieldType.notNullable(type(column.site())), null);
    return new Field(
        column.name(),
        FieldType.notNullable(new ArrowType.FixedSizeList(column.width())),
        List.of(item));
  }

  private static ArrowType type(Site site) {
    return switch (site.element()) {
      case FP16 -> new ArrowType.FloatingPoint(FloatingPointPrecision.HALF);
      case FP32 -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
      case INT32 -> new ArrowType.Int(Integer.SIZE, true);
    };
  }

  private static Field int32(String name) {
    return new Field(name, FieldType.notNullable(new ArrowType.Int(32, true)), null);
  }
}
