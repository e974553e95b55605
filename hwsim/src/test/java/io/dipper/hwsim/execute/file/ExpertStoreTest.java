package io.dipper.hwsim.execute.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.execute.file.WeightNeeds.Region;
import io.dipper.hwsim.execute.product.Blocks;
import io.dipper.hwsim.execute.product.Templates;
import io.dipper.hwsim.replay.layout.ExpertSlices;
import io.dipper.hwsim.replay.layout.ExpertSlices.Slice;
import io.dipper.hwsim.replay.unit.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Where experts lie in a file of weights. */
class ExpertStoreTest {
  private static final int EXPERTS = 5;

  @Property(tries = 200)
  void slices_touchThePagesOfTheirOwnFile_andLieApart_withinTheirSection(
      @ForAll long seed, @ForAll Blocks blocks, @ForAll @IntRange(min = 0, max = 2) int doublings) {
    int page = 4096 << doublings;
    Random random = new Random(seed);
    List<List<Slice>> layers = new ArrayList<>();
    for (int layer = 0; layer < 3; layer++) {
      List<Slice> slices = new ArrayList<>();
      for (int slice = 0; slice < random.nextInt(4); slice++) {
        long place = random.nextInt(1 << 20) * (random.nextBoolean() ? 1L : 32L);
        slices.add(new Slice(Set.of(Matrix.UP), 1 + random.nextInt(3 * page), place));
      }
      layers.add(slices);
    }
    ExpertStore store = new ExpertStore(blocks, EXPERTS, new ExpertSlices(layers));
    Region stream = new Region(1 + random.nextInt(2 * page), blocks);
    WeightNeeds needs = new WeightNeeds(page, List.of(), List.of(), List.of(stream), store);
    WeightSections sections = new WeightSections(List.of(needs), new Templates());
    WeightMap map = new WeightMap(needs, sections);

    long end = map.stream(0) + stream.bytes();
    for (int layer = 0; layer < 3; layer++) {
      for (int s = 0; s < layers.get(layer).size(); s++) {
        Slice own = layers.get(layer).get(s);
        Slice there = map.experts().slices(layer).get(s);
        assertThat(there.bytes()).isEqualTo(own.bytes());
        assertThat(there.place()).isGreaterThanOrEqualTo(end);
        for (int expert = 0; expert < EXPERTS; expert++) {
          assertThat(there.pages(expert, page)).isEqualTo(own.pages(expert, page));
        }
        if (own.place() % 32 == 0) {
          assertThat(there.place() % blocks.bytes()).isZero();
        }
        end = there.place() + EXPERTS * own.bytes();
      }
    }
    assertThat(end)
        .isLessThanOrEqualTo(sections.start(blocks) + needs.sizes().getOrDefault(blocks, 0L));
  }
}
