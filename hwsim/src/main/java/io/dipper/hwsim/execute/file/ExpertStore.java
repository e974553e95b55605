package io.dipper.hwsim.execute.file;

import io.dipper.hwsim.execute.product.Blocks;
import io.dipper.hwsim.replay.demand.ExpertRules;
import io.dipper.hwsim.replay.layout.ExpertSlices;
import io.dipper.hwsim.replay.layout.ExpertSlices.Slice;
import io.dipper.hwsim.time.schedule.Workload;
import java.util.ArrayList;
import java.util.List;

/**
 * How the experts of a model are stored: of each layer a few slices, each with a part of all of its
 * experts, one after another. The page of the file that such a part begins in, and the place in it,
 * are those of the simulated file, so that it touches as many pages.
 *
 * @param blocks the type of their weights
 * @param experts the number E of a layer
 * @param slices where the simulated file has them; none in layers without experts
 */
public record ExpertStore(Blocks blocks, int experts, ExpertSlices slices) {
  /** No experts. */
  static final ExpertStore NONE = new ExpertStore(Blocks.F32, 0, new ExpertSlices(List.of()));

  /** Those of a point. */
  static ExpertStore of(Workload work) {
    if (!(work.demand().reading() instanceof ExpertRules rules)) {
      return NONE;
    }
    List<List<Slice>> layers = new ArrayList<>();
    for (int layer = 0; layer < work.demand().layers(); layer++) {
      layers.add(List.of());
    }
    for (int layer : rules.units().layers()) {
      layers.set(layer, rules.slices().slices(layer));
    }
    return new ExpertStore(
        Blocks.nearest(work.bytes().bits().getMlp(), work.config()),
        rules.units().experts(),
        new ExpertSlices(layers));
  }

  /** All slices, layer by layer. */
  List<Slice> all() {
    return slices.layers().stream().flatMap(List::stream).toList();
  }

  /** The bytes of a slice of all experts of its layer. */
  long bytes(Slice slice) {
    return experts * slice.bytes();
  }

  /**
   * The first place from some place on which lies in its page where a slice's own place does, and
   * is the beginning of a block if any such place is.
   */
  long place(Slice slice, long from, int page) {
    long first = from + Math.floorMod(slice.place() - from, (long) page);
    for (int pages = 0; pages < blocks.bytes(); pages++) {
      long place = first + (long) pages * page;
      if (place % blocks.bytes() == 0) {
        return place;
      }
    }
    return first;
  }

  /** These slices at other places, those of {@link #all()}. */
  ExpertSlices at(long[] places) {
    List<List<Slice>> layers = new ArrayList<>();
    int next = 0;
    for (List<Slice> layer : slices.layers()) {
      List<Slice> moved = new ArrayList<>();
      for (Slice slice : layer) {
        moved.add(new Slice(slice.matrices(), slice.bytes(), places[next++]));
      }
      layers.add(moved);
    }
    return new ExpertSlices(layers);
  }
}
