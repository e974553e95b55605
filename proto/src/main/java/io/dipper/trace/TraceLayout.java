package io.dipper.trace;

import io.dipper.proto.ModelShape;
import io.dipper.proto.TraceManifest;
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

/**
 * The columns of a trace, as its manifest fixes them: four columns about the token, then for each
 * layer one column per recorded site, in the manifest's order.
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
    ModelShape shape = manifest.getModel();
    if (shape.getLayers() <= 0 || shape.getHiddenSize() <= 0 || shape.getIntermediateSize() <= 0) {
      throw new IllegalArgumentException(
          "the model's layers, hiddenSize and intermediateSize must be positive");
    }
    List<Site> sites = new ArrayList<>();
    for (String id : manifest.getSitesList()) {
      sites.add(site(id));
    }
    if (sites.isEmpty() || EnumSet.copyOf(sites).size() != sites.size()) {
      throw new IllegalArgumentException(
          "sites are " + manifest.getSitesList() + ", want each of x, gate, up, glu at most once");
    }
    return new TraceLayout(shape, List.copyOf(sites));
  }

  private static Site site(String id) {
    for (Site site : Site.values()) {
      if (site.id().equals(id)) {
        return site;
      }
    }
    throw new IllegalArgumentException("unknown site '" + id + "', want x, gate, up or glu");
  }

  ModelShape shape() {
    return shape;
  }

  Set<Site> sites() {
    return Collections.unmodifiableSet(EnumSet.copyOf(sites));
  }

  /** How many columns hold activations: layers times sites. */
  int siteColumns() {
    return Math.multiplyExact(shape.getLayers(), sites.size());
  }

  /** The index of a site's column among the site columns; -1 where it was not recorded. */
  int siteColumn(int layer, Site site) {
    int i = sites.indexOf(site);
    return i < 0 ? -1 : layer * sites.size() + i;
  }

  int width(int siteColumn) {
    return sites.get(siteColumn % sites.size()).width(shape);
  }

  String name(int siteColumn) {
    return sites.get(siteColumn % sites.size()).column(siteColumn / sites.size());
  }

  /** The bytes of one token's row. */
  long bytesPerRow() {
    long values = 0;
    for (Site site : sites) {
      values += site.width(shape);
    }
    return 4L * Integer.BYTES + Short.BYTES * values * shape.getLayers();
  }

  Schema schema(Map<String, String> metadata) {
    List<Field> fields = new ArrayList<>(TOKEN_FIELDS);
    for (int column = 0; column < siteColumns(); column++) {
      fields.add(siteField(column));
    }
    return new Schema(fields, metadata);
  }

  /** The first way in which a file's columns are not the manifest's; empty where there is none. */
  Optional<String> difference(List<Field> actual) {
    long expected = TOKEN_FIELDS.size() + (long) shape.getLayers() * sites.size();
    for (int i = 0; i < Math.min(actual.size(), expected); i++) {
      Field want =
          i < TOKEN_FIELDS.size() ? TOKEN_FIELDS.get(i) : siteField(i - TOKEN_FIELDS.size());
      if (!want.equals(actual.get(i))) {
        return Optional.of("column " + i + " is '" + actual.get(i) + "', want '" + want + "'");
      }
    }
    return actual.size() == expected
        ? Optional.empty()
        : Optional.of("it has " + actual.size() + " columns, want " + expected);
  }

  private Field siteField(int column) {
    Field item =
        new Field(
            "item",
            FieldType.notNullable(new ArrowType.FloatingPoint(FloatingPointPrecision.HALF)),
            null);
    return new Field(
        name(column),
        FieldType.notNullable(new ArrowType.FixedSizeList(width(column))),
        List.of(item));
  }

  private static Field int32(String name) {
    return new Field(name, FieldType.notNullable(new ArrowType.Int(32, true)), null);
  }
}
