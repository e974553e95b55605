package io.dipper.cli;

import static io.dipper.cli.Run.dipper;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.proto.timeline.Trace;
import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code simulate} writes beside the point's row, and prints in place of it. */
class SimulateFilesTest {
  private static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");

  @TempDir private Path folder;

  @Test
  void ledgerAndTimeline_areOfTheTokensAskedFor() throws IOException {
    Path ledger = folder.resolve("l.csv");
    Path timeline = folder.resolve("t.pftrace");
    dipper(
            "simulate",
            "--trace",
            TRACE,
            "--hardware",
            "apple-a18",
            "--policy",
            "dip:density=0.5",
            "--dram",
            "60%",
            "--ledger",
            ledger,
            "--timeline",
            timeline,
            "--timeline-tokens",
            "300..302")
        .succeeds();
    List<String> lines = Files.readAllLines(ledger);
    assertThat(lines.get(0)).startsWith("token,sequence,layer,part,flash_s,");
    assertThat(lines).hasSize(1 + 384 * 7);
    List<String> tokens =
        Trace.parseFrom(Files.readAllBytes(timeline)).getPacketList().stream()
            .map(packet -> packet.getTrackEvent().getName())
            .filter(name -> name.startsWith("token "))
            .toList();
    assertThat(tokens).containsExactly("token 300", "token 301", "token 302");
  }

  @Test
  void sensitivity_isATable_aCsvOrJson_withATraceOrTheShapeOfAModel() {
    String[] point = {
      "simulate",
      "--trace",
      TRACE.toString(),
      "--hardware",
      "paper",
      "--policy",
      "dense",
      "--dram",
      "60%",
      "--sensitivity"
    };
    assertThat(dipper((Object[]) point).succeeds())
        .contains("lower", "900 MB/s", "first 256 tokens")
        .containsPattern("\\nflash\\.max_bandwidth +");
    Object[] csv = Arrays.copyOf(point, point.length + 2, Object[].class);
    csv[point.length] = "--format";
    csv[point.length + 1] = "csv";
    assertThat(dipper(csv).succeeds()).startsWith("point_id,hardware,").contains("dram.bandwidth");
    assertThat(
            dipper(
                    "simulate",
                    "--shape",
                    "llama-2-7b",
                    "--quant",
                    "q4_0",
                    "--hardware",
                    "paper",
                    "--policy",
                    "dense",
                    "--dram",
                    "100%",
                    "--sensitivity",
                    "--format",
                    "json")
                .succeeds())
        .contains("\"number\" : \"dram.bandwidth\"");
  }
}
