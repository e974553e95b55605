package io.dipper.cli;

import static io.dipper.cli.Run.dipper;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.hwsim.study.result.TaskRow;
import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyTaskTest {
  @TempDir private static Path shared;

  @TempDir private Path folder;

  @Test
  void accuracies_areOfEachPoint_andKeptInTheFolder() throws IOException {
    Path results = swept();
    Path few = folder.resolve("few.jsonl");
    List<String> items = Files.readAllLines(SharedData.testdata("tasks/bookworm.jsonl"));
    Files.write(few, items.subList(0, 5));
    assertThat(ask(results, few).succeeds())
        .contains("5 items of few.jsonl, prompts dense", "(the model)", "dip:density=0.5");
    List<TaskRow> rows = new ResultDirectory(results).tasks();
    assertThat(rows).hasSize(4);
    TaskRow dense = rows.get(0);
    assertThat(dense.name().policy()).isEqualTo("dense");
    assertThat(dense.raw().accuracy()).isEqualTo(dense.raw().accuracyDense());
    assertThat(dense.raw().gained() + dense.raw().lost()).isZero();
    assertThat(rows.get(2).raw()).isEqualTo(rows.get(3).raw());
    assertThat(ask(results, few, "--task-prompt", "masked").succeeds()).contains("prompts masked");
    ask(results, few).succeeds();
    assertThat(new ResultDirectory(results).tasks())
        .hasSize(8)
        .filteredOn(row -> row.asked().prompt().equals("masked"))
        .hasSize(4);
  }

  @Test
  void whatCannotBeAsked_isOneLine() throws IOException {
    Path results = swept();
    Path bad = folder.resolve("bad.jsonl");
    Files.writeString(bad, "{\"context\": \"a\", \"choices\": [\" b\"], \"answer\": 0}\n");
    assertThat(ask(results, bad).isRefused()).contains("bad.jsonl:1: \"choices\" must be");
    Files.writeString(
        bad, "{\"context\": \"a\", \"choices\": [\" the\", \" a\"], \"answer\": 0}\n");
    assertThat(ask(results, bad).isRefused()).contains("every choice is one token");
    Files.writeString(
        bad,
        "{\"context\": \""
            + "word ".repeat(300)
            + "\", \"choices\": [\" b c\", \" d\"],"
            + " \"answer\": 0}\n");
    assertThat(ask(results, bad).isRefused()).contains("item 1: its ", "of the model's context");
    assertThat(ask(results, folder.resolve("none")).isRefused()).contains("there is no such file");
    assertThat(ask(results, bad, "--tokens", 256).isRefused())
        .contains("--task asks its own items");
    assertThat(
            dipper("verify", results, "--model", Bookworm.MODEL, "--task-prompt", "masked")
                .isRefused())
        .contains("Give --task FILE");
    assertThat(results.resolve("tasks.csv")).doesNotExist();
  }

  private Path swept() throws IOException {
    Path trace = shared.resolve("t.arrow");
    if (!Files.exists(trace)) {
      Bookworm.record(trace, "--sites", "x,glu").succeeds();
    }
    Path sweep = folder.resolve("sweep.yaml");
    Files.writeString(
        sweep,
        "accounting: paper\nhardware: apple-a18\ndram: 75%\ncache: [lfu, lru]\n"
            + "policy: [dense, {dip: {density: 0.5}}]\n");
    Path results = folder.resolve("results");
    dipper("sweep", sweep, "--trace", trace, "-o", results).succeeds();
    return results;
  }

  private static Run ask(Path results, Path task, Object... more) {
    List<Object> command =
        new ArrayList<>(List.of("verify", results, "--model", Bookworm.MODEL, "--points", "all"));
    command.addAll(List.of("--task", task));
    command.addAll(List.of(more));
    return dipper(command.toArray());
  }
}
