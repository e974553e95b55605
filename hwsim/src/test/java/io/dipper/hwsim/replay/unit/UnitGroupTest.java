package io.dipper.hwsim.replay.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.proto.ModelShape;
import io.dipper.proto.WeightBits;
import io.dipper.trace.Site;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Spaces and groups with H = 4, I = 8 and 4 bits a weight. */
class UnitGroupTest {
  private static final ModelShape SHAPE =
      ModelShape.newBuilder().setHiddenSize(4).setIntermediateSize(8).setLayers(2).build();
  private static final WeightBits BITS = WeightBits.newBuilder().setMlp(4).build();

  @Test
  void aSwiGluBlock_hasInputColumnsAndGluUnits() {
    BlockShape block = BlockShape.of(SHAPE);
    assertThat(block.spaces()).extracting(UnitSpace::id).containsExactly("x", "h");
    assertThat(block.spaces()).extracting(UnitSpace::size).containsExactly(4, 8);
    assertThat(block.space("x").readers()).containsExactly(Matrix.UP, Matrix.GATE);
    assertThat(block.space("h").readers()).containsExactly(Matrix.DOWN);
    for (Site site : Site.ofDenseLayers()) {
      assertThat(block.spaceOf(site).size()).isEqualTo(site.width(SHAPE));
    }
  }

  /** An input column of up and of gate has 8 weights, a row or column of a GLU unit 4. */
  @Test
  void bytesOfUnits_addUpOverTheMatricesThatAreCovered() {
    assertThat(Groups.inputAndGlu(SHAPE).get(0).bytesPerUnit(BITS)).isEqualTo(2 * 4);
    assertThat(Groups.inputAndGlu(SHAPE).get(1).bytesPerUnit(BITS)).isEqualTo(2);
    UnitGroup all = Groups.scoredBy(SHAPE, Site.GATE, Matrix.UP, Matrix.GATE, Matrix.DOWN).get(0);
    assertThat(all.bytes(5, BITS)).isEqualTo(5 * 3 * 2);
    assertThat(all.unitsWithin(7.9, BITS)).isEqualTo(3);
  }

  /** 3 experts of 2 GLU units each: as data, without a line of code. */
  @Test
  void experts_areASpaceLikeAnyOther() {
    UnitPart slice = new UnitPart(2 * 4, false);
    UnitSpace experts =
        new UnitSpace(
            "expert",
            3,
            Set.of(Site.X),
            Site.X,
            Map.of(Matrix.UP, slice, Matrix.GATE, slice, Matrix.DOWN, slice));
    UnitGroup group = new UnitGroup(List.of(Signal.of(Site.X)), experts, experts.parts().keySet());
    assertThat(group.bytesPerUnit(BITS)).isEqualTo(3 * 8 / 2);
    assertThat(experts.readers()).isEmpty();
  }

  @Test
  void aPredictor_looksAtOneThing_andChoosesAnother() {
    UnitSpace gluUnits = BlockShape.of(SHAPE).space(BlockShape.GLU_UNITS);
    UnitGroup predicted =
        new UnitGroup(
            List.of(new Signal(Site.X, 1), Signal.of(Site.X)), gluUnits, Set.of(Matrix.DOWN));
    assertThat(predicted.scoresItself()).isFalse();
    assertThat(predicted.valueSite()).isEqualTo(Site.GLU);
    assertThat(predicted.scored().layer(5)).isEqualTo(4);
    assertThat(predicted.scored().layer(0)).isZero();
    assertThat(predicted.signals()).extracting(Signal::id).containsExactly("x-1", "x");
  }

  @Test
  void aMatrixThatAUnitHasNoPartOf_cannotBeCovered() {
    assertThatThrownBy(() -> Groups.scoredBy(SHAPE, Site.X, Matrix.DOWN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Signal(Site.X, -1)).isInstanceOf(IllegalArgumentException.class);
  }
}
