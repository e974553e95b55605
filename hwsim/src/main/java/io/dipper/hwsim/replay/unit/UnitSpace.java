package io.dipper.hwsim.replay.unit;

import io.dipper.proto.WeightBits;
import io.dipper.trace.Site;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The units of a layer that masks choose among: N of a kind, of equal size.
 *
 * @param id the name in result tables: {@code x}, {@code h}
 * @param size the number N of units
 * @param sites those with a value for each unit
 * @param activation the site among them whose values the units' columns are multiplied with
 * @param parts what a unit has of each matrix; of matrices that are not named, nothing
 */
public record UnitSpace(
    String id, int size, Set<Site> sites, Site activation, Map<Matrix, UnitPart> parts) {
  public UnitSpace {
    EnumMap<Matrix, UnitPart> ordered = new EnumMap<>(Matrix.class);
    ordered.putAll(parts);
    parts = Collections.unmodifiableMap(ordered);
    sites = Set.copyOf(sites);
  }

  /** What a unit has of a matrix. */
  public UnitPart part(Matrix matrix) {
    UnitPart part = parts.get(matrix);
    if (part == null) {
      throw new IllegalArgumentException("unit " + id + " has nothing of matrix " + matrix);
    }
    return part;
  }

  /** The bytes of that part, a fraction where the bits do not fill them. */
  public double bytes(Matrix matrix, WeightBits bits) {
    return bits.getMlp() / 8 * part(matrix).weights();
  }

  /** The matrices whose inputs the units are. */
  public Set<Matrix> readers() {
    Set<Matrix> readers = EnumSet.noneOf(Matrix.class);
    parts.forEach(
        (matrix, part) -> {
          if (part.column()) {
            readers.add(matrix);
          }
        });
    return readers;
  }
}
