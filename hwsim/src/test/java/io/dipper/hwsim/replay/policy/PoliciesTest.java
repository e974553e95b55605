package io.dipper.hwsim.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.ModelShape;
import io.dipper.proto.PolicySpec;
import io.dipper.registry.Trait;
import io.dipper.testing.SharedData;
import io.dipper.trace.TraceReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users may write, and what they are told otherwise. */
class PoliciesTest {
  @Test
  void resolve_fillsDefaultsInTheOrderOfTheDeclaration() {
    PolicySpec spec = Policies.resolve(Policies.parse("dip-ca:gamma=0.1,density=0.5"));
    assertThat(spec.getParameters().getFieldsMap().keySet())
        .containsExactly("density", "gamma", "warm_up", "fixed_top", "blend");
    assertThat(spec.getParameters().getFieldsOrThrow("gamma").getNumberValue()).isEqualTo(0.1);
    assertThat(spec.getParameters().getFieldsOrThrow("warm_up").getBoolValue()).isFalse();
  }

  @Test
  void resolve_ofAResolvedPolicy_changesNothing() {
    PolicySpec spec = Policies.resolve(Policies.parse("approximate:keep_x=0.5,keep_h=0.25"));
    assertThat(Policies.resolve(spec)).isEqualTo(spec);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dipp:density=0.5 | did you mean 'dip'",
        "dip:densty=0.5 | did you mean 'density'",
        "dip:density=1.5 | density is 1.5; it must be a number from 0.01 to 1",
        "dip:density=half | density is half; it must be a number",
        "dip | give density, or keep_x and keep_h",
        "dip:keep_x=0.5 | give density, or keep_x and keep_h (given: keep_x)",
        "dip:density=0.5,keep_x=0.5,keep_h=0.5 | give density, or keep_x and keep_h",
        "glu | give keep",
        "dense:keep=0.5 | unknown parameter 'keep'; it has none",
        "dip-ca:density=0.5,warm_up=1 | warm_up is 1; it must be true or false",
        "dip:density | is not key=value",
        "dip:density=0.5,density=0.6 | density is given twice",
        "dip: | is not key=value"
      })
  void whatDoesNotHold_isSaidWithWhatWould(String text, String message) {
    assertThatThrownBy(() -> Policies.resolve(Policies.parse(text)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "0.3, 0.3694, 0.1612",
    "0.5, 0.5744, 0.3512",
    "0.7, 0.7566, 0.5867",
    "0.9, 0.9216, 0.8568",
    "1, 1, 1"
  })
  void oneParameterForm_splitsTheDensity(double density, double x, double h) {
    Densities split = Densities.ofBlock(density);
    assertThat(split.x()).isCloseTo(x, within(5e-5));
    assertThat(split.h()).isCloseTo(h, within(5e-5));
  }

  @Test
  void everyPolicy_coversNoMatrixTwice() {
    try (TraceReader trace = TraceReader.open(SharedData.testdata("golden/bookworm.arrow"))) {
      for (String spec : EveryPolicy.specs()) {
        MaskPolicy policy =
            Policies.create(Policies.parse(spec), new PolicyContext(trace.model(), trace));
        assertThat(policy.groups().stream().flatMap(g -> g.covers().stream()))
            .as(spec)
            .doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void everyPolicy_hasTheTraitsOfItsDeclaration() {
    try (TraceReader trace = TraceReader.open(SharedData.testdata("golden/bookworm.arrow"))) {
      for (String spec : EveryPolicy.specs()) {
        MaskPolicy policy =
            Policies.create(Policies.parse(spec), new PolicyContext(trace.model(), trace));
        for (Trait trait : Trait.values()) {
          assertThat(policy.has(trait)).as(spec).isEqualTo(Policies.has(policy.spec(), trait));
        }
      }
    }
  }

  @Test
  void everyPolicyThatChoosesByAnotherSignal_saysSo() {
    try (TraceReader trace = TraceReader.open(SharedData.testdata("golden/bookworm.arrow"))) {
      for (String spec : EveryPolicy.specs()) {
        MaskPolicy policy =
            Policies.create(Policies.parse(spec), new PolicyContext(trace.model(), trace));
        boolean own = policy.groups().stream().allMatch(UnitGroup::scoresItself);
        assertThat(Policies.has(policy.spec(), Trait.LOOKS_AHEAD)).as(spec).isEqualTo(!own);
      }
    }
  }

  @Test
  void shares_mayBeWrittenInPerCent() {
    assertThat(Policies.resolve(Policies.parse("dip:density=37.5%")))
        .isEqualTo(Policies.resolve(Policies.parse("dip:density=0.375")));
  }

  @Test
  void aPolicyThatIsCalibrated_saysWhatItNeeds() {
    PolicyContext context = new PolicyContext(ModelShape.getDefaultInstance(), null);
    assertThatThrownBy(() -> Policies.create(Policies.parse("cats:keep=0.5"), context))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("policy cats is calibrated on a trace");
    assertThatThrownBy(
            () -> Policies.create(Policies.parse("cats:keep=0.5,calibration=no.arrow"), context))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no.arrow");
  }
}
