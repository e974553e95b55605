package io.dipper.hwsim.study.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import io.dipper.error.UserException;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.profile.model.ModelShapes;
import io.dipper.hwsim.profile.model.NamedShape;
import io.dipper.hwsim.profile.model.Quantisation;
import io.dipper.hwsim.profile.model.Quantisations;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.Count;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.progress.Progress;
import io.dipper.proto.LayoutKind;
import io.dipper.proto.PointConfig;
import io.dipper.proto.RowBlocks;
import io.dipper.proto.Speculation;
import io.dipper.proto.UnitOrder;
import io.dipper.proto.WeightBits;
import io.dipper.testing.SharedData;
import io.dipper.trace.TraceReader;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredRowsTest {
  private static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");

  @AutoClose private static final TraceReader trace = TraceReader.open(TRACE);
  private static final Simulation simulation = Simulation.of(TRACE, trace, 2, Progress.SILENT);

  private static PointConfig partial(String policy, LayoutKind layout) {
    return PointConfig.newBuilder()
        .setHardware(HardwareProfiles.resolve("paper").profile())
        .setPolicy(Policies.parse(policy))
        .setCache(Caches.parse("none"))
        .setCapacity(Capacities.cacheFraction(0.4))
        .setLayout(layout)
        .build();
  }

  private static double read(Simulation of, String policy, LayoutKind layout) {
    return Objects.requireNonNull(
        of.run(of.complete(partial(policy, layout))).row().time().reads().flashBytesReadPerToken());
  }

  /** Without blocks a weight is read alone, as in row-major matrices. */
  @ParameterizedTest
  @ValueSource(strings = {"dip:density=0.5", "gate:keep=0.5", "glu-oracle:keep=0.5", "dense"})
  void unquantisedRows_areRowMajor(String policy) {
    Simulation f16 = simulation.quantised(Quantisations.find("f16"));
    SimulatedPoint rows = f16.run(f16.complete(partial(policy, LayoutKind.ROW_MAJOR)));
    SimulatedPoint stored = f16.run(f16.complete(partial(policy, LayoutKind.AS_STORED)));
    assertThat(stored.timing()).isEqualTo(rows.timing());
    assertThat(stored.row().demand()).isEqualTo(rows.row().demand());
  }

  /**
   * With half of the units, none of the blocks of 32 is off: columns save nothing, rows save what
   * the mask does.
   *
   * @param columns the matrices of which the mask selects columns
   * @param rows those of which it selects rows
   */
  @ParameterizedTest
  @CsvSource({"teal:keep=0.5, 3, 0", "gate:keep=0.5, 1, 1", "glu-oracle:keep=0.5, 1, 2"})
  void masksOfRows_saveBytesInAFile_andMasksOfColumnsNone(String policy, int columns, int rows) {
    Simulation q8 = simulation.quantised(Quantisations.find("q8_0"));
    PointConfig config = q8.complete(partial(policy, LayoutKind.AS_STORED));
    double matrix = ModelBytes.of(config).matrix() * config.getModel().getLayers();
    assertThat(read(q8, policy, LayoutKind.AS_STORED))
        .isCloseTo((columns + 0.5 * rows) * matrix, withPercentage(1));
    assertThat(read(q8, policy, LayoutKind.BUNDLED))
        .isCloseTo(0.5 * (columns + rows) * matrix, withPercentage(1));
  }

  @Test
  void whatIsReadOfBlocks_isCountedForEveryGroup() {
    Simulation q8 = simulation.quantised(Quantisations.find("q8_0"));
    SimulatedPoint point = q8.run(q8.complete(partial("dip:density=0.5", LayoutKind.AS_STORED)));
    assertThat(point.demand().counted())
        .containsAll(EnumSet.of(Count.BLOCK_UNITS, Count.BLOCK_RUNS));
    for (int group = 0; group < 2; group++) {
      assertThat(point.result().groups().get(group).counts().read())
          .isEqualTo(point.demand().total(Count.BLOCK_UNITS, group))
          .isGreaterThan(point.demand().total(Count.SELECTED, group));
    }
  }

  @Test
  void bitsTellTheBlocks_whereOneTypeHasThem() {
    assertThat(StoredRows.of(trace.model(), 8.5, null).getDown()).isEqualTo(32);
    assertThat(StoredRows.of(trace.model(), 6.5625, null).getGateUp()).isEqualTo(256);
    assertThat(StoredRows.of(trace.model(), 16, null).getDown()).isEqualTo(1);
    assertThatThrownBy(() -> StoredRows.of(trace.model(), 4.5, null))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "layout as-stored needs the type of the weights, which 4.5 bits do not tell");
  }

  /** Every layer's rows of a kind have blocks of one length, whatever the mixture. */
  @Test
  void everyQuantisation_hasBlocksOf1Or32Or256() {
    for (NamedShape shape : ModelShapes.all()) {
      for (Quantisation quantisation : Quantisations.all()) {
        RowBlocks blocks = quantisation.rowBlocks(shape.shape());
        assertThat(blocks.getGateUp()).isIn(1, 32, 256);
        assertThat(blocks.getDown()).isIn(1, 32, 256);
        assertThat(shape.shape().getHiddenSize() % blocks.getGateUp()).isZero();
      }
    }
  }

  @Test
  void whatAFileCannotBe_isRefused() {
    PointConfig config = partial("dip:density=0.5", LayoutKind.AS_STORED);
    PointConfig.Builder ordered = config.toBuilder().setUnitOrder(UnitOrder.CO_ACTIVATION);
    refused(
        ordered,
        "layout as-stored: a file has units in the model's order; leave unit order at natural");
    PointConfig.Builder guessed = config.toBuilder().setSpeculation(Speculation.PREVIOUS_LAYER);
    guessed.setHardware(HardwareProfiles.resolve("apple-a18").profile());
    refused(guessed, "layout as-stored: nothing is read on a guess; leave speculation at none");
    PointConfig.Builder sixBits = config.toBuilder().setBits(WeightBits.newBuilder().setMlp(2.625));
    assertThatThrownBy(() -> simulation.plan(simulation.complete(sixBits.build())))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("layout as-stored: rows of ")
        .hasMessageEndingWith(" weights are no whole blocks of 256; choose another --quant");
  }

  private static void refused(PointConfig.Builder config, String message) {
    Simulation q8 = simulation.quantised(Quantisations.find("q8_0"));
    PointConfig complete = q8.complete(config.build());
    assertThatThrownBy(() -> q8.plan(complete))
        .isInstanceOf(UserException.class)
        .hasMessage(message);
  }
}
