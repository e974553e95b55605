package io.dipper.hwsim.study.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.study.result.ConfigDigest;
import io.dipper.hwsim.study.setting.PointSettings;
import io.dipper.proto.ModelShape;
import io.dipper.proto.PolicySpec;
import io.dipper.trace.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that the parameters in a sweep file name: where they are looked for, and what they are. */
class FileParametersTest {
  private static final String SWEEP =
      """
      trace: t.arrow
      hardware: apple-a18
      dram: 50%
      cache:
        - hot: {calibration: sub/one}
      policy:
        - cats: {keep: 0.5, calibration: [sub/one, sub/other]}
      """;

  @TempDir private Path folder;

  @Test
  void files_areFoundBesideTheSweepFile_andCountByTheirContent() throws IOException {
    SweepSpec sweep = sweep("a", "1", "2");
    assertThat(sweep.grid().inputs())
        .contains(folder.resolve("a/sub/one"), folder.resolve("a/sub/other"));
    String digest = Sha256.of(folder.resolve("a/sub/one"));
    assertThat(sweep.grid().of(PointSettings.POLICY).get(0).getFileSha256Map())
        .containsEntry("calibration", digest);
    assertThat(sweep.grid().of(PointSettings.CACHE).get(0).getFileSha256Map())
        .containsEntry("calibration", digest);

    List<String> ids = ids(sweep);
    assertThat(ids).doesNotHaveDuplicates().hasSize(2);
    assertThat(ids(sweep("b", "1", "2"))).isEqualTo(ids);
    assertThat(ids(sweep("c", "1", "3")).get(0)).isEqualTo(ids.get(0));
    assertThat(ids(sweep("c", "1", "3")).get(1)).isNotEqualTo(ids.get(1));
    assertThat(ids(sweep("d", "0", "2"))).doesNotContainAnyElementsOf(ids);
  }

  @Test
  void aFileThatChangesBeforeItIsUsed_isRefused() throws IOException {
    SweepSpec sweep = sweep("a", "1", "2");
    Path one = folder.resolve("a/sub/one");
    Files.writeString(one, "changed");
    PolicySpec policy = sweep.grid().of(PointSettings.POLICY).get(0);
    PolicyContext context = new PolicyContext(ModelShape.getDefaultInstance(), null);
    assertThatThrownBy(() -> Policies.create(policy, context))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(one + ": has changed");
    assertThatThrownBy(() -> Caches.checkFiles(sweep.grid().of(PointSettings.CACHE).get(0)))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(one + ": has changed");
  }

  @Test
  void aFileThatIsNotThere_isSaidWithItsPlaceInTheSweep() throws IOException {
    Path file = Files.writeString(folder.resolve("sweep.yaml"), SWEEP);
    assertThatThrownBy(() -> SweepReader.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + ":5:")
        .hasMessageContaining(folder.resolve("sub/one").toString());
  }

  private SweepSpec sweep(String name, String one, String other) throws IOException {
    Path sub = folder.resolve(name).resolve("sub");
    Files.createDirectories(sub);
    Files.writeString(sub.resolve("one"), one);
    Files.writeString(sub.resolve("other"), other);
    return SweepReader.read(Files.writeString(folder.resolve(name).resolve("s.yaml"), SWEEP));
  }

  private static List<String> ids(SweepSpec sweep) {
    return sweep.points().stream().map(point -> ConfigDigest.of(point).pointId()).toList();
  }
}
