package io.dipper.hwsim.execute;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The 32 halves of bytes in a block: the lower ones of 16 bytes, then their upper ones. */
final class Nibbles {
  /** Weights of a block. */
  static final int WEIGHTS = 32;

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_64;

  private Nibbles() {}

  /** The first eight bytes. Only whole vectors are converted: parts of a longer one are slow. */
  static IntVector first(byte[] stored, int at) {
    return (IntVector) ByteVector.fromArray(BYTES, stored, at).castShape(INTS, 0);
  }

  /** The last eight bytes. */
  static IntVector second(byte[] stored, int at) {
    return first(stored, at + BYTES.length());
  }

  /** The lower halves, as numbers from 0 to 15. */
  static FloatVector low(IntVector bytes) {
    return (FloatVector) bytes.and(15).castShape(FLOATS, 0);
  }

  /** The upper halves, as numbers from 0 to 15. */
  static FloatVector high(IntVector bytes) {
    return (FloatVector) bytes.lanewise(VectorOperators.LSHR, 4).and(15).castShape(FLOATS, 0);
  }
}
