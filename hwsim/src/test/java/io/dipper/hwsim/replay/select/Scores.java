package io.dipper.hwsim.replay.select;

import io.dipper.trace.Fp16;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Random activations that are unkind to a selection: many ties, zeros of both signs, extremes. */
public final class Scores {
  private static final float[] AWKWARD = {
    0f, -0f, 1f, -1f, 0.5f, 0x1p-24f, -0x1p-24f, 65504f, -65504f, 0.1f, 0.10000001f
  };

  private Scores() {}

  /** The scores of one token. */
  public static Arbitrary<float[]> row(int units) {
    Arbitrary<Float> ties =
        Arbitraries.integers().between(0, AWKWARD.length - 1).map(i -> AWKWARD[i]);
    Arbitrary<Float> halves = Arbitraries.shorts().map(Scores::finiteHalf);
    Arbitrary<Float> floats = Arbitraries.floats().between(-1000, 1000);
    return Arbitraries.oneOf(
        List.of(
            ties.array(float[].class).ofSize(units),
            halves.array(float[].class).ofSize(units),
            Arbitraries.oneOf(List.of(ties, halves, floats)).array(float[].class).ofSize(units)));
  }

  /** The scores of the tokens of a sequence. */
  public static Arbitrary<List<float[]>> sequence(int units, int longest) {
    return row(units).list().ofMinSize(1).ofMaxSize(longest);
  }

  private static float finiteHalf(short bits) {
    boolean finite = (bits & 0x7c00) != 0x7c00;
    return Fp16.decode(finite ? bits : (short) (bits & 0x83ff));
  }

  /** Sizes around the boundaries of words. */
  public static Arbitrary<Integer> sizes() {
    return Arbitraries.of(IntStream.of(1, 2, 5, 63, 64, 65, 127, 128, 200).boxed().toList());
  }
}
