package io.dipper.trace;

import io.dipper.proto.ModelShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The columns of a trace behind those about the token: layer by layer, the sites that it has. */
final class SiteColumns {
  private final List<Column> columns = new ArrayList<>();
  private final int[] indexes;

  SiteColumns(ModelShape shape, List<Site> sites) {
    indexes = new int[Math.multiplyExact(shape.getLayers(), Site.values().length)];
    Arrays.fill(indexes, -1);
    for (int layer = 0; layer < shape.getLayers(); layer++) {
      for (Site site : sites) {
        int width = site.width(shape, layer);
        if (width > 0) {
          indexes[place(layer, site)] = columns.size();
          columns.add(new Column(layer, site, width));
        }
      }
    }
  }

  /**
   * One site of one layer.
   *
   * @param width values per token
   */
  record Column(int layer, Site site, int width) {
    String name() {
      return site.column(layer);
    }

    long bytesPerRow() {
      return (long) width * site.element().bytes();
    }
  }

  int count() {
    return columns.size();
  }

  Column get(int index) {
    return columns.get(index);
  }

  /** The index of a site's column; -1 where there is none. */
  int index(int layer, Site site) {
    return indexes[place(layer, site)];
  }

  private static int place(int layer, Site site) {
    return layer * Site.values().length + site.ordinal();
  }
}
