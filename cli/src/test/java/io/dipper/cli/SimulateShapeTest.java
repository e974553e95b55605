package io.dipper.cli;

import static io.dipper.cli.Run.dipper;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.testing.SharedData;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code dipper simulate} without a trace. */
class SimulateShapeTest {
  private static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");

  @Test
  void aShape_isSimulatedLikeATrace() {
    String out =
        simulate("--shape llama-2-7b --quant q4_0 --policy dense --dram 100% --hardware apple-a18")
            .succeeds();
    assertThat(out)
        .contains("llama-2-7b on apple-a18", "shape:llama-2-7b of 128 tokens", "tokens/s");
    String json =
        simulate(
                "--shape smollm2-135m --policy dense --dram 90% --hardware paper --tokens 5 --prompt"
                    + " 20 --context 100 --format json")
            .succeeds();
    assertThat(json).contains("\"shape:smollm2-135m\"").containsPattern("\"tokens\" ?: ?5\\b");
  }

  @Test
  void windowsThatAnAccountingDoesNotKnow_areSaid() {
    String said = "accounting paper knows no windows of attention";
    String base = "--shape mistral-7b --policy dense --dram 100% --hardware paper --context ";
    assertThat(simulate(base + "8192 --accounting paper").succeeds()).contains(said);
    assertThat(simulate(base + "4096 --accounting paper").succeeds()).doesNotContain(said);
    assertThat(simulate(base + "8192 --accounting des").succeeds()).doesNotContain(said);
  }

  @Test
  void aQuantisation_changesWhatATraceReads() {
    String base = "--trace " + TRACE + " --policy dense --dram 90% --hardware paper";
    assertThat(simulate(base + " --quant q4_0").succeeds()).isNotEqualTo(simulate(base).succeeds());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --policy dense                                        | --shape
          --policy dense --shape lama-2-7b                      | did you mean 'llama-2-7b'? (dipper models shapes)
          --policy dense --shape llama-2-7b --quant q4_m        | (dipper models quants)
          --policy dense --shape llama-2-7b --tokens 0          | 0 tokens cannot be run
          --policy dense --shape llama-2-7b --tokens many       | many
          --policy dense --shape llama-2-7b --prompt -1         | --prompt -1
          --policy dense --shape llama-2-7b --context 0         | --context 0
          --policy dense --shape llama-2-7b --prompt 9 --context 8 | a prompt of 9 tokens
          --policy dip:density=0.5 --shape llama-2-7b           | policy dip scores activations
          --policy wina:density=0.5 --shape llama-2-7b          | policy wina scores activations
          """)
  void whatIsWrong_isOneLine(String arguments, String named) {
    assertThat(simulate(arguments + " --hardware paper --dram 100%").isRefused()).contains(named);
  }

  @Test
  void tokensAndBothSources_areRefusedWithATrace() {
    String trace = "--trace " + TRACE + " --policy dense --dram 90% --hardware paper";
    assertThat(simulate(trace + " --tokens 5").isRefused()).contains("--tokens");
    assertThat(simulate(trace + " --shape llama-2-7b").isRefused()).contains("--shape");
  }

  /** Attention and head alone are 1.32 GB, and 30 % of all is 1.13 GB. */
  @Test
  void staticWeightsThatDoNotFit_areProposedToStream_andDo() {
    String point =
        "--shape llama-2-7b --quant q4_0 --policy dense --dram 30% --hardware paper --tokens 2"
            + " --format csv";
    assertThat(simulate(point).isRefused()).contains("do not fit", "--stream-static");
    String[] lines = simulate(point + " --stream-static").succeeds().split("\n");
    int column = List.of(lines[0].split(",")).indexOf("flash_bytes_per_token");
    double flash = Double.parseDouble(lines[1].split(",")[column]);
    // A token reads 3.75 GB of weights, of which the memory holds at most 1.13 GB.
    assertThat(flash).isBetween(2.62e9, 3.76e9);
  }

  @Test
  void shapesAndQuantisations_areListed() {
    assertThat(dipper("models", "shapes").succeeds())
        .contains("llama-2-7b", "geglu", "config.json");
    assertThat(dipper("models", "quants", "--shape", "llama-2-7b").succeeds())
        .containsPattern("q4_0 +4\\.50 +4\\.50 +6\\.56 +4\\.50 +3\\.82 GB")
        .contains("approximate");
    assertThat(dipper("models", "quants", "--shape", "llama").isRefused()).contains("llama");
  }

  private static Run simulate(String arguments) {
    return dipper((Object[]) ("simulate " + arguments).split(" +"));
  }
}
