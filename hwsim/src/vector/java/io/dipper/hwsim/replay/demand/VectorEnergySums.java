package io.dipper.hwsim.replay.demand;

import io.dipper.trace.Fp16;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The loops of retained energy on the Vector API, for vectors of 256 or 512 bits. */
public final class VectorEnergySums implements EnergySums {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> NARROW =
      VectorSpecies.of(float.class, VectorShape.forBitSize(DOUBLES.vectorBitSize() / 2));
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(INTS.vectorBitSize() / 2));

  /** Bits of fp16 moved to where float32 has them lack this much in the exponent. */
  private static final int REBIAS = (127 - 15) << 23;

  private final double[] lanes = new double[LANES];

  @Override
  public double energies(short[] keys, float[] squaredNorms, float[] out) {
    int i = 0;
    for (; i < INTS.loopBound(keys.length); i += INTS.length()) {
      IntVector bits = (IntVector) ShortVector.fromArray(SHORTS, keys, i).castShape(INTS, 0);
      FloatVector values = widen(bits);
      values.mul(values).mul(FloatVector.fromArray(FLOATS, squaredNorms, i)).intoArray(out, i);
    }
    for (; i < keys.length; i++) {
      float value = Fp16.decode(keys[i]);
      out[i] = value * value * squaredNorms[i];
    }
    sumAll(out);
    return EnergySums.total(lanes);
  }

  /** The lanes of the sum over all units, of vectors of any width that divides them. */
  private void sumAll(float[] energies) {
    int whole = energies.length / LANES * LANES;
    for (int lane = 0; lane < LANES; lane += 2 * DOUBLES.length()) {
      int next = lane + DOUBLES.length();
      DoubleVector a = DoubleVector.zero(DOUBLES);
      DoubleVector b = a;
      for (int i = 0; i < whole; i += LANES) {
        a = a.add(FloatVector.fromArray(NARROW, energies, i + lane).castShape(DOUBLES, 0));
        b = b.add(FloatVector.fromArray(NARROW, energies, i + next).castShape(DOUBLES, 0));
      }
      a.intoArray(lanes, lane);
      b.intoArray(lanes, next);
    }
    for (int i = whole; i < energies.length; i++) {
      lanes[i & (LANES - 1)] += energies[i];
    }
  }

  /** Magnitudes of fp16 as float32; subnormal ones as a difference of normal numbers, exactly. */
  private static FloatVector widen(IntVector bits) {
    IntVector moved = bits.lanewise(VectorOperators.LSHL, 13).add(REBIAS);
    VectorMask<Integer> subnormal = bits.compare(VectorOperators.LT, 1 << 10);
    FloatVector above = moved.add(1 << 23).reinterpretAsFloats();
    FloatVector difference = above.sub(Float.intBitsToFloat(REBIAS + (1 << 23)));
    return moved.reinterpretAsFloats().blend(difference, subnormal.cast(FLOATS));
  }

  @Override
  public double sum(float[] energies, long[] set) {
    int whole = energies.length >>> 6;
    if (DOUBLES.length() == 8) {
      sumBy8(energies, set, whole);
    } else {
      sumBy4(energies, set, whole);
    }
    for (int w = whole; w < set.length; w++) {
      for (long word = set[w]; word != 0; word &= word - 1) {
        int bit = Long.numberOfTrailingZeros(word);
        lanes[bit & (LANES - 1)] += energies[(w << 6) + bit];
      }
    }
    return EnergySums.total(lanes);
  }

  private void sumBy8(float[] energies, long[] set, int words) {
    DoubleVector a = DoubleVector.zero(DOUBLES);
    DoubleVector b = a;
    for (int w = 0; w < words; w++) {
      long word = set[w];
      for (int j = 0; j < 64; j += 16) {
        a = add(a, energies, (w << 6) + j, word >>> j);
        b = add(b, energies, (w << 6) + j + 8, word >>> j + 8);
      }
    }
    a.intoArray(lanes, 0);
    b.intoArray(lanes, 8);
  }

  private void sumBy4(float[] energies, long[] set, int words) {
    DoubleVector a = DoubleVector.zero(DOUBLES);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    for (int w = 0; w < words; w++) {
      long word = set[w];
      for (int j = 0; j < 64; j += 16) {
        a = add(a, energies, (w << 6) + j, word >>> j);
        b = add(b, energies, (w << 6) + j + 4, word >>> j + 4);
        c = add(c, energies, (w << 6) + j + 8, word >>> j + 8);
        d = add(d, energies, (w << 6) + j + 12, word >>> j + 12);
      }
    }
    a.intoArray(lanes, 0);
    b.intoArray(lanes, 4);
    c.intoArray(lanes, 8);
    d.intoArray(lanes, 12);
  }

  private static DoubleVector add(DoubleVector sum, float[] energies, int from, long set) {
    DoubleVector wide =
        (DoubleVector) FloatVector.fromArray(NARROW, energies, from).castShape(DOUBLES, 0);
    return sum.add(wide, VectorMask.fromLong(DOUBLES, set));
  }
}
