package io.dipper.hwsim.time.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.proto.AccountingKind;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.ModelShape;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Speculation;
import io.dipper.proto.UnitOrder;
import io.dipper.proto.WeightBits;
import org.junit.jupiter.api.Test;

class AccountingRulesTest {
  /** Everything set that one accounting knows of and the other does not. */
  private static final PointConfig POINT =
      PointConfig.newBuilder()
          .setModel(
              ModelShape.newBuilder()
                  .setHiddenSize(640)
                  .setIntermediateSize(2048)
                  .setLayers(4)
                  .setHeads(4)
                  .setKvHeads(1)
                  .setHeadDim(256)
                  .setVocabularySize(1000)
                  .setSlidingWindow(512)
                  .setWeightBits(WeightBits.newBuilder().setMlp(5).setAttention(6)))
          .setHardware(HardwareProfile.newBuilder().setOverlap(Overlap.PIPELINE))
          .setUnitOrder(UnitOrder.CO_ACTIVATION)
          .setMaxGap(1e4)
          .setMinRequest(1e5)
          .setSpeculation(Speculation.PREVIOUS_LAYER)
          .build();

  private static final PointConfig PAPER =
      POINT.toBuilder().setAccounting(AccountingKind.PAPER).build();

  @Test
  void aSimulatedDevice_knowsAllOfAPoint() {
    AccountingRules rules = AccountingRules.of(POINT);
    assertThat(rules.model(POINT.getModel())).isEqualTo(POINT.getModel());
    assertThat(rules.settle(POINT)).isEqualTo(POINT);
    assertThat(rules.reads(POINT)).isEqualTo(POINT);
    rules.checkPages();
  }

  @Test
  void thePaper_weighsAModelByHiddenSizeAndItsOwnBits() {
    ModelBytes paper = ModelBytes.of(PAPER);
    assertThat(paper.attentionWidth()).isEqualTo(640);
    assertThat(paper.windowed()).isFalse();
    assertThat(paper.bits().getMlp()).isEqualTo(4);
    assertThat(paper.kvCache(1024)).isEqualTo(2 * paper.kvCache(512));

    ModelBytes device = ModelBytes.of(POINT);
    assertThat(device.attentionWidth()).isEqualTo(1024);
    assertThat(device.windowed()).isTrue();
    assertThat(device.bits().getMlp()).isEqualTo(5);
    assertThat(device.kvCache(1024)).isEqualTo(device.kvCache(512));
  }

  @Test
  void thePaper_knowsBandwidthsAndNoRequests() {
    PointConfig reads = AccountingRules.of(PAPER).reads(PAPER);
    assertThat(reads.getUnitOrder()).isEqualTo(UnitOrder.NATURAL);
    assertThat(reads.getMaxGap()).isZero();
    assertThat(reads.getMinRequest()).isZero();
    assertThat(reads.getSpeculation()).isEqualTo(Speculation.NO_SPECULATION);
    assertThat(reads.getHardware().getOverlap()).isEqualTo(Overlap.IO);
  }

  @Test
  void pointsOfThePaper_thatDifferInRequestsAlone_areOnePoint() {
    AccountingRules rules = AccountingRules.of(PAPER);
    PointConfig plain = PAPER.toBuilder().clearUnitOrder().clearMaxGap().clearMinRequest().build();
    assertThat(rules.settle(PAPER)).isEqualTo(plain);
    assertThat(rules.settle(plain)).isEqualTo(plain);
  }

  @Test
  void thePaper_refusesPages() {
    assertThatThrownBy(() -> AccountingRules.of(AccountingKind.PAPER).checkPages())
        .isInstanceOf(UserException.class)
        .hasMessage("cache page-cache: accounting des alone knows pages");
  }
}
