package io.dipper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trainings as processes that are killed: the next one ends with the bytes of an undisturbed run.
 */
@DisabledOnOs(OS.WINDOWS)
class KilledTrainingTest {
  private static final Path IDS = SharedData.testdata("golden/bookworm-heldout.ids.i32le");
  private static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");

  @TempDir private Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() throws Exception {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void anAdapter_isResumedFromItsCheckpoint() throws Exception {
    Path out = folder.resolve("A");
    Path checkpoint = folder.resolve("A.training.safetensors");
    Process killed = start(lora(out));
    await(killed, () -> Files.exists(checkpoint));
    killed.destroyForcibly().waitFor(); // kill -9
    assertThat(out).doesNotExist();
    Ended.of(start(lora(out, "--resume"))).succeeds();
    assertThat(checkpoint).doesNotExist();
    Path undisturbed = folder.resolve("undisturbed");
    Ended.of(start(lora(undisturbed))).succeeds();
    for (String file : List.of("adapter_config.json", "adapter_model.safetensors")) {
      assertThat(out.resolve(file)).hasSameBinaryContentAs(undisturbed.resolve(file));
    }
  }

  @Test
  void aPredictor_goesOnWithTheLayersThatItHas() throws Exception {
    Path out = folder.resolve("p.safetensors");
    Path layers = folder.resolve("p.safetensors.layers");
    Process killed = start(predictor(out));
    await(killed, () -> Files.isDirectory(layers) && finished(layers) > 0);
    killed.destroyForcibly().waitFor(); // kill -9
    assertThat(out).doesNotExist();
    assertThat(finished(layers)).isPositive();
    Ended.of(start(predictor(out))).succeeds();
    assertThat(layers).doesNotExist();
    Path undisturbed = folder.resolve("undisturbed.safetensors");
    Ended.of(start(predictor(undisturbed))).succeeds();
    assertThat(out).hasSameBinaryContentAs(undisturbed);
  }

  private static long finished(Path layers) throws IOException {
    try (Stream<Path> files = Files.list(layers)) {
      return files.filter(file -> file.toString().endsWith(".safetensors")).count();
    }
  }

  private static List<Object> lora(Path out, Object... more) {
    List<Object> words = new ArrayList<>(List.of("train", "lora", "--model", Bookworm.MODEL));
    words.addAll(List.of("--ids", IDS, "--policy", "dip:density=0.5", "--tokens", 256));
    words.addAll(List.of("--block", 32, "--rank", 2, "--steps", 40, "--check-every", 2));
    words.addAll(List.of("-o", out));
    words.addAll(List.of(more));
    return words;
  }

  private static List<Object> predictor(Path out) {
    return List.of("train", "predictor", "--trace", TRACE, "--rank", 8, "--passes", 4, "-o", out);
  }

  private Process start(List<Object> words) throws IOException {
    List<Object> quiet = new ArrayList<>(words);
    quiet.addAll(List.of("-q", "--threads", 1));
    Process process =
        Ended.start(
            Jvm.here().command(List.of("-XX:TieredStopAtLevel=1"), Main.class, quiet.toArray()));
    started.add(process);
    return process;
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Process process, Condition condition) throws Exception {
    while (!condition.holds()) {
      assertThat(process.isAlive()).isTrue();
      Thread.sleep(1);
    }
  }
}
