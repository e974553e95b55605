package io.dipper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.adapter.Adapter;
import io.dipper.adapter.AdapterFolder;
import io.dipper.adapter.AdapterTarget;
import io.dipper.testing.SharedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainLoraTest {
  private static final Path IDS = SharedData.testdata("golden/bookworm-heldout.ids.i32le");

  @TempDir private Path folder;

  @Test
  void anAdapter_isWrittenInPeftsLayout_andBelongsToItsModel() {
    Path adapter = folder.resolve("A");
    String printed = train("dip:density=0.5", adapter, "--steps", 4, "--check-every", 2).succeeds();
    assertThat(printed).contains("rank 4", "4 steps", "held-out loss");
    Adapter read = AdapterFolder.read(adapter);
    assertThat(read.matrices()).hasSize(18);
    assertThat(read.matrices().get(0).scale()).isEqualTo(1);
    assertThat(read.matrices()).noneMatch(m -> m.target() == AdapterTarget.QUERY);
    assertThat(read.modelSha256()).matches("[0-9a-f]{64}");
    assertThat(folder.resolve("A.training.safetensors")).doesNotExist();
    assertThat(train("dip:density=0.5", adapter).isRefused()).contains("is there already");
  }

  @Test
  void withNothingHeldOut_theLastStateIsWritten() {
    Path adapter = folder.resolve("A");
    String printed = train("dip:density=0.5", adapter, "--steps", 3, "--held-out", 0).succeeds();
    assertThat(printed).contains("3 steps; loss of the last steps 0.").doesNotContain("NaN");
    assertThat(AdapterFolder.read(adapter).matrices())
        .anyMatch(matrix -> matrix.map().outer()[0] != 0);
  }

  @Test
  void whatCannotBe_isOneLine() throws Exception {
    Path out = folder.resolve("A");
    assertThat(train("dip-ca:density=0.5", out).isRefused()).contains("looks at a cache");
    assertThat(train("dip:density=0.5", out, "--steps", 0).isRefused()).contains("--steps 0");
    assertThat(train("dip:density=0.5", out, "--held-out", 1).isRefused()).contains("--held-out 1");
    assertThat(train("dip:density=0.5", out, "--resume").isRefused()).contains("nothing to resume");
    Files.writeString(folder.resolve("A.training.safetensors"), "x");
    assertThat(train("dip:density=0.5", out).isRefused()).contains("give --resume, or remove it");
    assertThat(train("dip:density=0.5", out, "--resume").isRefused()).contains("too short");
    assertThat(out).doesNotExist();
  }

  private static Run train(String policy, Path output, Object... more) {
    List<Object> command =
        new ArrayList<>(
            List.of("train", "lora", "--model", Bookworm.MODEL, "--ids", IDS, "--policy", policy));
    command.addAll(List.of("--block", 32, "--tokens", 256, "--rank", 4, "-o", output));
    command.addAll(List.of(more));
    return Run.dipper(command.toArray());
  }
}
