package io.dipper.hwsim.replay.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CoActivationTest {
  @Test
  void theChain_goesToTheUnitMostOftenSelectedWithTheOneBefore() {
    // Tokens that select each unit. Unit 2 has most; with it 0 has two, 1 and 3 one each: 0 comes
    // next; with 0 come 3 and 1 one and none.
    BitSet[] units = {tokens(1, 2, 200), tokens(4), tokens(1, 2, 3, 4, 64), tokens(3, 200)};
    assertThat(CoActivation.places(masks(units))).containsExactly(1, 3, 0, 2);
  }

  @Test
  void ties_goToTheLowestIndex() {
    assertThat(CoActivation.places(new long[5 * CoActivation.WORDS]))
        .containsExactly(0, 1, 2, 3, 4);
    BitSet[] same = {tokens(9), tokens(9), tokens(9, 10), tokens(9), tokens(9)};
    assertThat(CoActivation.places(masks(same))).containsExactly(1, 2, 0, 3, 4);
  }

  @Test
  void clusters_lieSideBySide() {
    // 60 units in 4 clusters, dealt in turn: each token selects the units of one cluster.
    BitSet[] units = new BitSet[60];
    for (int unit = 0; unit < units.length; unit++) {
      units[unit] = new BitSet();
      for (int token = unit % 4; token < CoActivation.TOKENS; token += 4) {
        units[unit].set(token);
      }
    }
    int[] places = CoActivation.places(masks(units));
    for (int unit = 0; unit < units.length; unit++) {
      assertThat(places[unit] / 15).as("unit %d", unit).isEqualTo(unit % 4);
    }
  }

  @Property
  void places_areThoseOfTheNaiveChain(
      @ForAll @IntRange(min = 1, max = 80) int units,
      @ForAll @IntRange(min = 0, max = 100) int percent,
      @ForAll int seed) {
    Random random = new Random(seed);
    BitSet[] masks = new BitSet[units];
    for (int unit = 0; unit < units; unit++) {
      masks[unit] = new BitSet();
      for (int token = 0; token < CoActivation.TOKENS; token++) {
        masks[unit].set(token, random.nextInt(100) < percent);
      }
    }
    assertThat(CoActivation.places(masks(masks))).containsExactly(naive(masks));
  }

  private static int[] naive(BitSet[] units) {
    List<Integer> left = new ArrayList<>();
    for (int unit = 0; unit < units.length; unit++) {
      left.add(unit);
    }
    int[] places = new int[units.length];
    BitSet last = new BitSet();
    last.set(0, CoActivation.TOKENS);
    for (int place = 0; place < units.length; place++) {
      int best = -1;
      int most = -1;
      for (int unit : left) {
        BitSet both = (BitSet) units[unit].clone();
        both.and(last);
        if (both.cardinality() > most) {
          most = both.cardinality();
          best = unit;
        }
      }
      places[best] = place;
      left.remove(Integer.valueOf(best));
      last = units[best];
    }
    return places;
  }

  private static BitSet tokens(int... tokens) {
    BitSet set = new BitSet();
    for (int token : tokens) {
      set.set(token);
    }
    return set;
  }

  private static long[] masks(BitSet[] units) {
    long[] masks = new long[units.length * CoActivation.WORDS];
    for (int unit = 0; unit < units.length; unit++) {
      long[] words = units[unit].toLongArray();
      System.arraycopy(words, 0, masks, unit * CoActivation.WORDS, words.length);
    }
    return masks;
  }
}
