package io.dipper.hwsim.replay.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.EveryPolicy;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.LayoutKind;
import io.dipper.proto.ModelShape;
import io.dipper.proto.UnitOrder;
import io.dipper.proto.WeightBits;
import io.dipper.testing.SharedData;
import io.dipper.trace.TraceReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutsTest {
  private static final ModelShape SHAPE =
      ModelShape.newBuilder().setHiddenSize(512).setIntermediateSize(1536).build();

  /** Half a byte for each weight. */
  private static final WeightBits BITS = WeightBits.newBuilder().setMlp(4).build();

  /**
   * Requests as number x bytes, those of one size together: an input column has 1,536 weights (768
   * bytes), a row or column of a GLU unit 512 (256 bytes).
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "dense                        | x 2x768.0 h 1x256.0 | x 1x1536.0 h 1x256.0 | x 3072x0.5 h 512x0.5",
        "glu:keep=0.5                 | h 1x256.0           | h 1x256.0           | h 512x0.5",
        "glu-oracle:keep=0.5          | h 3x256.0           | h 1x768.0           | h 512x0.5+2x256.0",
        "gate:keep=0.5                | h 2x256.0           | h 1x512.0           | h 512x0.5+1x256.0",
        "up:keep=0.5                  | h 2x256.0           | h 1x512.0           | h 512x0.5+1x256.0",
        "cats:keep=0.5                | h 2x256.0           | h 1x512.0           | h 512x0.5+1x256.0",
        "dip:density=0.5              | x 2x768.0 h 1x256.0 | x 1x1536.0 h 1x256.0 | x 3072x0.5 h 512x0.5",
        "dip-ca:density=0.5           | x 2x768.0 h 1x256.0 | x 1x1536.0 h 1x256.0 | x 3072x0.5 h 512x0.5",
        "approximate:density=0.5      | x 2x768.0 h 1x256.0 | x 1x1536.0 h 1x256.0 | x 3072x0.5 h 512x0.5",
        "wina:density=0.5             | x 2x768.0 h 1x256.0 | x 1x1536.0 h 1x256.0 | x 3072x0.5 h 512x0.5",
        "teal:keep=0.5                | x 2x768.0 h 1x256.0 | x 1x1536.0 h 1x256.0 | x 3072x0.5 h 512x0.5",
      })
  void aUnitOfAPolicy_liesWhereTheLayoutPutsIt(
      String policy, String columnMajor, String bundled, String rowMajor) {
    MaskPolicy made = create(policy);
    assertThat(requests(made, LayoutKind.COLUMN_MAJOR)).isEqualTo(columnMajor);
    assertThat(requests(made, LayoutKind.BUNDLED)).isEqualTo(bundled);
    assertThat(requests(made, LayoutKind.ROW_MAJOR)).isEqualTo(rowMajor);
  }

  @Test
  void everyLayout_holdsTheSameBytesOfAUnit() {
    for (UnitGroup group :
        EveryPolicy.specs().stream().flatMap(policy -> create(policy).groups().stream()).toList()) {
      for (LayoutKind kind :
          List.of(
              LayoutKind.COLUMN_MAJOR,
              LayoutKind.BUNDLED,
              LayoutKind.ROW_MAJOR,
              LayoutKind.AS_STORED)) {
        List<UnitRequests> requests = Layouts.of(kind).requests(group, BITS);
        assertThat(requests.stream().mapToDouble(r -> r.perUnit() * r.bytesEach()).sum())
            .isEqualTo(group.bytesPerUnit(BITS));
        assertThat(requests.stream().mapToInt(UnitRequests::stretches).sum())
            .isEqualTo(kind == LayoutKind.BUNDLED ? 1 : group.covers().size());
      }
    }
  }

  @Test
  void asStored_hasTheRequestsOfRows_andColumnsInBlocks() {
    for (UnitGroup group :
        EveryPolicy.specs().stream().flatMap(policy -> create(policy).groups().stream()).toList()) {
      List<UnitRequests> rows = Layouts.of(LayoutKind.ROW_MAJOR).requests(group, BITS);
      List<UnitRequests> stored = Layouts.of(LayoutKind.AS_STORED).requests(group, BITS);
      assertThat(
              stored.stream().map(r -> new UnitRequests(r.stretches(), r.perUnit(), r.bytesEach())))
          .isEqualTo(rows);
      // A column comes weight by weight, of half a byte; a row at once.
      assertThat(stored).allMatch(r -> r.inBlocks() == (r.bytesEach() == 0.5));
    }
  }

  @Test
  void names_areReadAndPrinted() {
    for (String name : List.of("column-major", "bundled", "row-major", "as-stored")) {
      assertThat(Layouts.ALL.nameOf(Layouts.ALL.get(name))).isEqualTo(name);
    }
    for (UnitOrder order : List.of(UnitOrder.NATURAL, UnitOrder.CO_ACTIVATION)) {
      assertThat(UnitOrders.ALL.get(UnitOrders.ALL.nameOf(order))).isEqualTo(order);
    }
    assertThatThrownBy(() -> Layouts.ALL.get("row-mayor"))
        .isInstanceOf(UserException.class)
        .hasMessage("unknown layout 'row-mayor'; did you mean 'row-major'?");
    assertThatThrownBy(() -> UnitOrders.ALL.get("coactivation"))
        .isInstanceOf(UserException.class)
        .hasMessage("unknown order 'coactivation'; did you mean 'co-activation'?");
  }

  private static MaskPolicy create(String policy) {
    TraceReader trace = TraceReader.open(SharedData.testdata("golden/bookworm.arrow"));
    return Policies.create(
        Policies.resolve(Policies.parse(policy)), new PolicyContext(SHAPE, trace));
  }

  private static String requests(MaskPolicy policy, LayoutKind kind) {
    List<String> groups = new ArrayList<>();
    for (UnitGroup group : policy.groups()) {
      List<String> sizes = new ArrayList<>();
      for (UnitRequests r : Layouts.of(kind).requests(group, BITS)) {
        sizes.add(r.perUnit() + "x" + r.bytesEach());
      }
      groups.add(group.space().id() + " " + String.join("+", sizes));
    }
    return String.join(" ", groups);
  }
}
