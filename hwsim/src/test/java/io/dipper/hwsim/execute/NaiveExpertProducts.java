package io.dipper.hwsim.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.hwsim.execute.ExecutedExperts.Planned;
import io.dipper.hwsim.execute.file.WeightMap;
import io.dipper.hwsim.execute.file.WeightMaps;
import io.dipper.hwsim.execute.file.WeightNeeds;
import io.dipper.hwsim.replay.layout.ExpertSlices.Slice;
import io.dipper.hwsim.time.schedule.Schedule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Products in float64 of Q8_0 experts that are read from the file one slice at a time. */
final class NaiveExpertProducts {
  private static final int BLOCK_WEIGHTS = 32;
  private static final int BLOCK_BYTES = 34;

  private final WeightMap map;
  private final Path file;
  private final Map<List<Integer>, List<Double>> known = new HashMap<>();

  NaiveExpertProducts(Planned planned, Path file) {
    WeightNeeds needs = WeightNeeds.of(planned.work(), Schedule.decode(planned.work()));
    this.map = WeightMaps.of(needs, List.of(needs));
    this.file = file;
  }

  /** Compares the outputs of the experts of a step. */
  void compare(int layer, List<Integer> chosen, ExpertProducts products) {
    List<Integer> multiplied = new ArrayList<>();
    for (int i = 0; i < products.count(); i++) {
      multiplied.add(products.expert(i));
      List<Double> outputs =
          known.computeIfAbsent(
              List.of(layer, products.expert(i)), of -> outputs(of.get(0), of.get(1)));
      float[] executed = products.output(i);
      assertThat(executed).hasSize(outputs.size());
      for (int row = 0; row < executed.length; row++) {
        assertThat((double) executed[row]).isCloseTo(outputs.get(row), within(0.001));
      }
      assertThat(outputs).anySatisfy(output -> assertThat(Math.abs(output)).isGreaterThan(1));
    }
    assertThat(multiplied).containsExactlyInAnyOrderElementsOf(chosen);
  }

  private List<Double> outputs(int layer, int expert) {
    List<Double> outputs = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(file)) {
      for (Slice slice : map.experts().slices(layer)) {
        long place = slice.place() + expert * slice.bytes();
        ByteBuffer stored = ByteBuffer.allocate((int) slice.bytes());
        assertThat(channel.read(stored, place)).isEqualTo(stored.capacity());
        addRows(stored, place, outputs);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return outputs;
  }

  /** The products of a slice's rows, from the first block that begins in it on. */
  private static void addRows(ByteBuffer stored, long place, List<Double> outputs) {
    int first = (int) ((place + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES - place);
    double sum = 0;
    int weights = 0;
    for (int at = first; at + BLOCK_BYTES <= stored.capacity(); at += BLOCK_BYTES) {
      for (int w = 0; w < BLOCK_WEIGHTS; w++) {
        sum += stored.get(at + 2 + w) * 0x1p-7 * ((weights + w) % 7 - 3) / 8.0;
      }
      weights += BLOCK_WEIGHTS;
      if (weights == ExecutedExperts.WIDTH) {
        outputs.add(sum);
        sum = 0;
        weights = 0;
      }
    }
    if (weights > 0) {
      outputs.add(sum);
    }
  }
}
