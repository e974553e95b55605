package io.dipper.cli;

import static io.dipper.cli.Run.dipper;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A router trace of an engine at the command line: imported, inspected, simulated. */
class ImportedRoutesTest {
  @TempDir Path folder;
  private Path trace;

  /** Two layers of four experts, two per token; the experts of a token come again in the next. */
  @BeforeEach
  void importRoutes() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# model=tiny.gguf arch=tiny n_layer=2 n_expert=4 n_expert_used=2");
    lines.add("# layer=0 expert_bytes=24576 dense_bytes=10000");
    lines.add("# layer=1 expert_bytes=24576 dense_bytes=10000");
    lines.add("turn,phase,step,layer,slot,expert,weight");
    for (int step = 0; step < 5; step++) {
      for (int layer = 0; layer < 2; layer++) {
        lines.add("0,1," + step + "," + layer + ",0," + step / 2 + ",0.75");
        lines.add("0,1," + step + "," + layer + ",1,3,0.25");
      }
    }
    Path routes = Files.write(folder.resolve("r.csv"), lines);
    trace = folder.resolve("t.arrow");
    dipper("trace", "import", routes, "-o", trace, "--quiet").succeeds();
  }

  @Test
  void inspect_saysWhereItComesFrom_whatItLacks_andItsExperts() {
    assertThat(dipper("inspect", trace).succeeds())
        .containsPattern("model +tiny")
        .containsPattern("shape +2 of 4 experts, L 2")
        .containsPattern("imported from +.*r\\.csv")
        .containsPattern("lacks +")
        .containsPattern("tokens +5 in 1 sequences")
        .containsPattern("sites +experts, expert_weights");
  }

  @Test
  void simulate_saysHowOftenGuessesWereRight() {
    String out =
        dipper(
                "simulate",
                "--trace",
                trace,
                "--hardware",
                "oneplus-15r",
                "--policy",
                "router",
                "--cache",
                "none",
                "--cache-size",
                "100 kB",
                "--speculation",
                "previous-token")
            .succeeds();
    // Of 20 experts 16 are guessed; the steps 0-1, 2-3 share both, 1-2 and 3-4 share one.
    assertThat(out)
        .containsPattern("foreseen +60\\.0% +of a layer's experts were guessed")
        .containsPattern("guessed right +75\\.0% +of the guessed were wanted")
        .containsPattern("read on a guess +16 +experts, 12 of them wanted: 60\\.0% of the misses")
        .contains("staging of guesses")
        .doesNotContain("expert caches");
  }

  @Test
  void verify_refusesItByName() throws IOException {
    Path sweep = folder.resolve("s.yaml");
    Files.writeString(
        sweep,
        "trace: t.arrow\nhardware: oneplus-15r\npolicy: router\ncache: lru\ncache_size: 100 kB\n");
    Path results = folder.resolve("results");
    dipper("sweep", sweep, "-o", results, "--quiet").succeeds();
    Path model = SharedData.model("bookworm-moe-q8_0.gguf");
    assertThat(
            dipper("verify", results, "--model", model, "--points", "all", "--quiet").isRefused())
        .contains("t.arrow");
  }
}
