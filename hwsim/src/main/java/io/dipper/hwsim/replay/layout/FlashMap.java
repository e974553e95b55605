package io.dipper.hwsim.replay.layout;

import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.WeightBits;
import java.util.ArrayList;
import java.util.List;

/**
 * Where each unit lies on Flash, in bytes from the first masked weight: layer by layer, group by
 * group, one stretch after another, each with a part of every unit.
 */
public final class FlashMap {
  private final List<List<UnitRequests>> requests = new ArrayList<>();
  private final List<UnitGroup> groups;
  private final double[] starts;
  private final double layerBytes;

  /**
   * @param groups the masks of a layer, in the policy's order
   */
  public FlashMap(List<UnitGroup> groups, Layout layout, WeightBits bits) {
    this.groups = List.copyOf(groups);
    this.starts = new double[groups.size()];
    double end = 0;
    for (int g = 0; g < starts.length; g++) {
      starts[g] = end;
      requests.add(layout.requests(groups.get(g), bits));
      end += groups.get(g).bytes(groups.get(g).units(), bits);
    }
    this.layerBytes = end;
  }

  /**
   * A part of a unit: pieces of equal size, equally far apart.
   *
   * @param offset of the first, in bytes; a fraction where weights do not fill bytes
   * @param pieces how many
   * @param strideBytes from the beginning of one to that of the next; 0 where there is one
   * @param bytes of all pieces
   */
  public record Part(double offset, int pieces, double strideBytes, double bytes) {}

  /**
   * The parts of a unit, one for each stretch that holds one.
   *
   * @param group the index of the group
   * @param place of the unit among the group's units
   */
  public List<Part> parts(int layer, int group, int place) {
    int units = groups.get(group).units();
    double start = layer * layerBytes + starts[group];
    List<Part> parts = new ArrayList<>();
    for (UnitRequests each : requests.get(group)) {
      int pieces = each.perUnit() / each.stretches();
      double row = units * each.bytesEach();
      for (int stretch = 0; stretch < each.stretches(); stretch++) {
        double offset = start + place * each.bytesEach();
        parts.add(new Part(offset, pieces, pieces == 1 ? 0 : row, pieces * each.bytesEach()));
        start += pieces * row;
      }
    }
    return parts;
  }
}
