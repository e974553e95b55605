package io.dipper.hwsim.time.device;

import java.util.SplittableRandom;
import umontreal.ssj.rng.MRG32k3a;
import umontreal.ssj.rng.RandomStream;

/** Streams of random numbers (L'Ecuyer's MRG32k3a) that a seed alone determines. */
final class RandomStreams {
  private static final long FIRST_MODULUS = 4294967087L;
  private static final long SECOND_MODULUS = 4294944443L;

  private RandomStreams() {}

  /** The stream of a seed, the same in every run. */
  static RandomStream of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] state = new long[6];
    for (int i = 0; i < state.length; i++) {
      state[i] = random.nextLong(1, i < 3 ? FIRST_MODULUS : SECOND_MODULUS);
    }
    MRG32k3a stream = new MRG32k3a();
    stream.setSeed(state);
    return stream;
  }
}
