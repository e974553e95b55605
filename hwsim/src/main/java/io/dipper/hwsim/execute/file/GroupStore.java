package io.dipper.hwsim.execute.file;

import io.dipper.hwsim.replay.layout.Layout;
import io.dipper.hwsim.replay.layout.UnitRequests;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.WeightBits;
import java.util.ArrayList;
import java.util.List;

/**
 * How the units of a group are stored, the same in every layer: on Flash as some stretches with a
 * part of every unit each, in memory its parts one after another.
 *
 * @param group the declared group
 * @param stretches that hold all units
 * @param partBytes of a unit in one of them
 * @param parts what a unit has of each matrix that the group covers
 */
public record GroupStore(UnitGroup group, int stretches, int partBytes, List<MatrixPart> parts) {
  public GroupStore {
    parts = List.copyOf(parts);
  }

  /**
   * What a unit has of a matrix.
   *
   * @param at its place among the bytes of the unit
   * @param weights their number
   * @param column whether they are a column, so that the unit is one of the matrix's inputs
   */
  public record MatrixPart(Matrix matrix, int at, int weights, boolean column) {}

  /** How a layout stores a group; its units must have whole bytes. */
  static GroupStore of(UnitGroup group, Layout layout, WeightBits bits) {
    UnitRequests each = layout.requests(group, bits).get(0);
    List<MatrixPart> parts = new ArrayList<>();
    int at = 0;
    for (Matrix matrix : group.covers()) {
      parts.add(
          new MatrixPart(
              matrix,
              at,
              group.space().part(matrix).weights(),
              group.space().part(matrix).column()));
      at += (int) group.space().bytes(matrix, bits);
    }
    return new GroupStore(group, each.stretches(), (int) each.bytesEach(), parts);
  }

  /** The place of a matrix among the parts; -1 if the group does not cover it. */
  public int part(Matrix matrix) {
    for (int p = 0; p < parts.size(); p++) {
      if (parts.get(p).matrix() == matrix) {
        return p;
      }
    }
    return -1;
  }

  /** The number N of units. */
  public int units() {
    return group.units();
  }

  /** The bytes of a unit. */
  public int unitBytes() {
    return stretches * partBytes;
  }

  /** The bytes of one stretch. */
  long stretchBytes() {
    return (long) units() * partBytes;
  }

  /** The bytes of all units. */
  public long bytes() {
    return stretches * stretchBytes();
  }
}
