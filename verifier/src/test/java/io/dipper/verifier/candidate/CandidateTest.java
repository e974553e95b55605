package io.dipper.verifier.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.table.Columns;
import io.dipper.proto.PointConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CandidateTest {
  private static Candidate point(String id, String policy, double resident, double speed) {
    Map<String, Object> told =
        Map.of(
            "point_id",
            id,
            "hardware",
            "phone",
            "accounting",
            "des",
            "policy",
            policy,
            "density",
            policy.equals("dense") ? 1.0 : 0.5,
            "dram_bytes",
            60e6,
            "resident_bytes",
            resident,
            "tokens_per_second",
            speed);
    Columns<PointRow> columns = Columns.of(PointRow.class);
    @Nullable Object[] values = new @Nullable Object[columns.names().size()];
    for (int c = 0; c < values.length; c++) {
      Object zero =
          columns.type(c) == long.class ? (Object) 0L : columns.type(c) == double.class ? 0.0 : "";
      values[c] = told.getOrDefault(columns.names().get(c), zero);
      if (columns.nullable(c)) {
        values[c] = null;
      }
    }
    return Candidates.of(columns.row(Arrays.asList(values)), "");
  }

  /** Caches are divided by whole units, so that dense happens to use a few bytes less. */
  @Test
  void smallest_isTheFastestOfTheEquallySmall() {
    Candidate dense = point("d", "dense", 59_990_000, 100);
    Candidate mask = point("m", "dip", 59_999_000, 159);
    assertThat(List.of(dense, mask).stream().min(Candidate.SMALLEST)).hasValue(mask);
    assertThat(Goal.Kind.SMALLEST.gain(dense, mask)).isEqualTo(0.59, within());
    assertThat(mask.dominates(dense)).isFalse();
    assertThat(point("s", "dip", 59_980_000, 90).dominates(dense)).isFalse();
    assertThat(dense.dominates(point("s", "dip", 59_980_000, 90))).isTrue();
  }

  @Test
  void smallest_isTheSmaller_whereMemoriesDiffer() {
    Candidate large = point("l", "dip", 50e6, 200);
    Candidate small = point("s", "dip", 40e6, 100);
    assertThat(List.of(large, small).stream().min(Candidate.SMALLEST)).hasValue(small);
    assertThat(Goal.Kind.SMALLEST.gain(large, small)).isEqualTo(0.25, within());
  }

  private static Offset<Double> within() {
    return Assertions.within(1e-12);
  }

  private static String family(String policy) {
    return Candidates.family(
        PointConfig.newBuilder().setPolicy(Policies.resolve(Policies.parse(policy))).build());
  }

  @Test
  void family_isAllButHowMuchIsKept_whateverAPolicyCallsThat() {
    assertThat(family("dip:density=0.5")).isEqualTo(family("dip:density=0.7"));
    assertThat(family("dip-ca:density=0.5,gamma=0.1"))
        .isNotEqualTo(family("dip-ca:density=0.5,gamma=0.2"));
    assertThat(family("dip:keep_x=0.5,keep_h=0.5")).isEqualTo(family("dip:keep_x=0.6,keep_h=0.4"));
    assertThat(family("router:k=2")).isEqualTo(family("router:k=3"));
    assertThat(family("drop-cold:f=0.5")).isEqualTo(family("drop-cold:f=1"));
    assertThat(family("cache-prior:lambda=0.2")).isNotEqualTo(family("cache-prior:lambda=0.5"));
  }
}
