package io.dipper.hwsim.study.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SkippedGroupTest {
  private static SkippedRow row(String policy, String cache, String reason) {
    return new SkippedRow(
        new PointName("id", "phone", "des", policy, "{}", cache), "60% of the model", reason);
  }

  private static String tooLittle(String policy, double megabytes) {
    return "the static weights of " + policy + " do not fit: head " + megabytes + " MB";
  }

  @Test
  void oneSentence_isOneGroup_withItsCountAndItsSettings() {
    List<SkippedRow> rows = new ArrayList<>();
    for (String policy : List.of("dense", "dip", "dip-ca", "glu", "up", "gate")) {
      for (String cache : List.of("lru", "lfu")) {
        rows.add(row(policy, cache, tooLittle(policy, 31.5)));
      }
    }
    List<SkippedGroup> groups = SkippedGroup.of(rows);
    assertThat(groups).singleElement().returns(false, SkippedGroup::isUniform);
    assertThat(groups.get(0).rows()).hasSize(12);
    assertThat(groups.get(0).reason()).isEqualTo(tooLittle("dense", 31.5));
    assertThat(groups.get(0).settings())
        .isEqualTo("phone; 60% of the model; lru, lfu; dense, dip, dip-ca, glu and 2 more");
  }

  @Test
  void anotherReason_isAnotherGroup() {
    List<SkippedGroup> groups =
        SkippedGroup.of(
            List.of(
                row("dip", "lru", tooLittle("dip", 1)),
                row("dip", "page-cache", "cache page-cache: it starts cold"),
                row("dip", "lfu", tooLittle("dip", 2.25))));
    assertThat(groups).hasSize(2);
    assertThat(groups.get(0).rows())
        .extracting(row -> row.point().cache())
        .containsExactly("lru", "lfu");
    assertThat(groups.get(1).isUniform()).isTrue();
  }
}
