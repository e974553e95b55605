package io.dipper.hwsim.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.hwsim.execute.ExecutedBookworm.Planned;
import io.dipper.hwsim.execute.file.WeightMap;
import io.dipper.hwsim.execute.file.WeightMaps;
import io.dipper.hwsim.execute.file.WeightNeeds;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.replay.unit.UnitPart;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.proto.LayoutKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Products in float64 of Q8_0 weights that are read from the file one unit at a time. */
final class NaiveProducts {
  private static final int BLOCK_WEIGHTS = 32;
  private static final int BLOCK_BYTES = 34;

  private final Planned planned;
  private final WeightMap map;
  private final Path file;

  NaiveProducts(Planned planned, Path file) {
    this(planned, file, List.of(planned));
  }

  /**
   * @param all points that the file was written for
   */
  NaiveProducts(Planned planned, Path file, List<Planned> all) {
    this.planned = planned;
    List<WeightNeeds> needs =
        all.stream().map(each -> WeightNeeds.of(each.work(), each.schedule())).toList();
    this.map = WeightMaps.of(WeightNeeds.of(planned.work(), planned.schedule()), needs);
    this.file = file;
  }

  /** Compares the outputs of all matrices of a group. */
  void compare(int layer, int index, UnitSet wanted, UnitProducts products) {
    UnitGroup group = planned.work().demand().groups().get(index);
    List<Matrix> matrices = List.copyOf(group.covers());
    for (int m = 0; m < matrices.size(); m++) {
      UnitPart part = group.space().part(matrices.get(m));
      double[] output = new double[part.column() ? part.weights() : group.units()];
      for (int unit = wanted.next(0); unit >= 0; unit = wanted.next(unit + 1)) {
        multiply(unit, part, output, weights(layer, index, m, unit));
      }
      float[] executed = products.output(m);
      assertThat(executed).hasSize(output.length);
      for (int i = 0; i < output.length; i++) {
        assertThat((double) executed[i])
            .isCloseTo(output[i], within(0.01 + 1e-4 * Math.abs(output[i])));
      }
      assertThat(Arrays.stream(output).map(Math::abs).max().orElseThrow()).isGreaterThan(1);
    }
  }

  private static void multiply(int unit, UnitPart part, double[] output, double[] weights) {
    for (int w = 0; w < weights.length; w++) {
      if (part.column()) {
        output[w] += weights[w] * activation(unit);
      } else {
        output[unit] += weights[w] * activation(w);
      }
    }
  }

  private static double activation(int index) {
    return (index % 7 - 3) / 8.0;
  }

  private double[] weights(int layer, int index, int matrix, int unit) {
    UnitGroup group = planned.work().demand().groups().get(index);
    int weights = group.space().part(List.copyOf(group.covers()).get(matrix)).weights();
    int bytes = weights / BLOCK_WEIGHTS * BLOCK_BYTES;
    int covers = group.covers().size();
    boolean bundled = planned.work().config().getLayout() == LayoutKind.BUNDLED;
    long place =
        map.units(layer, index)
            + (bundled
                ? ((long) unit * covers + matrix) * bytes
                : ((long) matrix * group.units() + unit) * bytes);
    ByteBuffer stored = ByteBuffer.allocate(bytes);
    try (FileChannel channel = FileChannel.open(file)) {
      assertThat(channel.read(stored, place)).isEqualTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    double[] values = new double[weights];
    for (int w = 0; w < weights; w++) {
      int block = w / BLOCK_WEIGHTS * BLOCK_BYTES;
      values[w] = stored.get(block + 2 + w % BLOCK_WEIGHTS) * 0x1p-7;
    }
    return values;
  }
}
