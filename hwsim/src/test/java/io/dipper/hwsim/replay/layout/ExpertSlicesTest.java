package io.dipper.hwsim.replay.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.layout.ExpertSlices.Slice;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.proto.ExpertSlice;
import io.dipper.proto.LayerStorage;
import io.dipper.proto.ModelShape;
import io.dipper.proto.WeightBits;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Which pages of a file the slices of experts touch. */
class ExpertSlicesTest {
  private static final int PAGE = 4096;
  private static final Set<Matrix> UP = Set.of(Matrix.UP);

  @Property(tries = 200)
  void pages_areThoseThatHoldAByteOfTheSlice(
      @ForAll @IntRange(min = 1, max = 20_000) int bytes,
      @ForAll @IntRange(min = 0, max = 20_000) int place,
      @ForAll @IntRange(min = 0, max = 5) int expert) {
    long first = place + (long) expert * bytes;
    long want = LongStream.range(first, first + bytes).map(b -> b / PAGE).distinct().count();
    assertThat(new Slice(UP, bytes, place).pages(expert, PAGE)).isEqualTo(want);
  }

  @Test
  void sliceOfWholePages_touchesOnePageMoreWhereItsPlaceIsNone() {
    assertThat(new Slice(UP, 3 * PAGE, 10 * PAGE).pages(7, PAGE)).isEqualTo(3);
    assertThat(new Slice(UP, 3 * PAGE, 10 * PAGE + 32).pages(7, PAGE)).isEqualTo(4);
  }

  private static ExpertSlice.Builder slice(long bytes) {
    return ExpertSlice.newBuilder().setMatrices("up").setBytes(bytes);
  }

  @Test
  void unknownPlaces_followOneAnother_layerByLayer_andAreAlignedToNoPage() {
    LayerStorage layer =
        LayerStorage.newBuilder()
            .setDenseBytes(1000)
            .addSlices(slice(64))
            .addSlices(slice(96))
            .build();
    ModelShape shape =
        ModelShape.newBuilder()
            .setLayers(2)
            .setExperts(4)
            .addStorage(layer)
            .addStorage(layer)
            .build();
    ExpertSlices slices = ExpertSlices.of(shape, WeightBits.getDefaultInstance());
    assertThat(slices.slices(0))
        .containsExactly(new Slice(UP, 64, 1032), new Slice(UP, 96, 1032 + 256));
    long end = 1032 + 256 + 384;
    assertThat(slices.slices(1))
        .containsExactly(new Slice(UP, 64, end + 1000), new Slice(UP, 96, end + 1256));
    assertThat(slices.bytes(1)).isEqualTo(160);
  }

  @Test
  void placesOfTheFile_areTaken() {
    LayerStorage layer = LayerStorage.newBuilder().addSlices(slice(64).setOffset(12_288)).build();
    ModelShape shape = ModelShape.newBuilder().setLayers(1).setExperts(4).addStorage(layer).build();
    assertThat(ExpertSlices.of(shape, WeightBits.getDefaultInstance()).slices(0))
        .containsExactly(new Slice(UP, 64, 12_288));
  }

  @Test
  void modelWithoutAFile_hasThreeMatricesOfItsBits() {
    ModelShape shape =
        ModelShape.newBuilder()
            .setLayers(1)
            .setExperts(4)
            .setHiddenSize(64)
            .setExpertIntermediateSize(32)
            .build();
    ExpertSlices slices = ExpertSlices.of(shape, WeightBits.newBuilder().setMlp(4.5).build());
    assertThat(slices.slices(0)).hasSize(3).allMatch(slice -> slice.bytes() == 64 * 32 * 9 / 16);
  }
}
