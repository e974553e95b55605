package io.dipper.cli;

import static io.dipper.cli.Run.dipper;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the user gives, what is wrong is one line that names it, and the exit code is 2. */
class BadInputTest {
  private static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");

  @TempDir private Path folder;

  /** Arguments after {@code simulate} with a good trace, and what the line must hold. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --hardware paper --policy dpi:density=0.5 --dram 60%             | dpi
          --hardware paper --policy dip:densty=0.5 --dram 60%              | densty
          --hardware paper --policy dip:density=2 --dram 60%               | density
          --hardware paper --policy dip:density=many --dram 60%            | density
          --hardware paper --policy dip --dram 60%                         | density
          --hardware paper --policy dip:density --dram 60%                 | key=value
          --hardware paper --policy dense --dram 60% --cache-fraction 0.5  | exclude each other
          --hardware papr --policy dense --dram 60%                        | 'paper'
          --hardware none.yaml --policy dense --dram 60%                   | none.yaml
          --hardware paper --policy dense --dram 60                        | unit
          --hardware paper --policy dense --dram 60GHz                     | GHz
          --hardware paper --policy dense --dram -5%                       | -5%
          --hardware paper --policy dense --dram 1%                        | do not fit
          --hardware paper --policy dense --dram 1%                        | (--stream-static; in a sweep, stream_static: true)
          --hardware paper --policy dense --dram 60% --cache hot:calibration=no.arrow | no.arrow: cannot be read: there is no such file
          --hardware paper --policy dense --cache-fraction 1.5             | 1.5
          --hardware paper --policy dense --cache-fraction half            | half
          --hardware paper --policy dense --cache mru --dram 60%           | mru
          --hardware paper --policy dense --cache none:overflow=random --dram 60% | overflow
          --hardware paper --policy dip:density=150% --dram 60%            | density is 150%
          --hardware paper --policy dense --cache-fraction 150%            | 0.75 or 75%
          --hardware paper --policy dense --cache lfu:overflow=x --dram 90% | x
          --hardware paper --policy dip-ca:density=0.5 --cache belady --dram 90% | belady
          --hardware paper --policy dense --dram 90% --format xml          | xml
          --hardware paper --policy dense --dram 90% --accounting guess    | guess
          --hardware paper --policy dense --dram 90% --layout bundeled     | 'bundled'
          --hardware paper --policy dense --dram 90% --timeline t --timeline-tokens 0..99999 | 99999
          --hardware paper --policy dense --dram 90% --timeline t --timeline-tokens 9..0 | 0..9
          --hardware paper --policy dense --dram 90% --timeline t --timeline-tokens few | few
          --hardware paper --policy dense --dram 90% --timeline-tokens 0..3 | --timeline FILE
          --hardware paper --policy dense --dram 90% --sensitivity --ledger l.csv | --sensitivity
          --hardware paper --policy dense --dram 90% --timeline no/such/t  | no/such/t
          --hardware paper --policy dense --dram 90% --ledger no/such/l.csv | no/such/l.csv
          --hardware paper --policy dense --dram 90% --accounting paper --ledger l.csv | des
          --hardware paper --policy dense --dram 90% --cache-start caried  | 'carried'
          --hardware paper --policy dense --dram 90% --layout row-mayor    | 'row-major'
          --hardware paper --policy dense --dram 90% --order frequency     | frequency
          --hardware paper --policy dense --dram 90% --max-gap -4KiB       | -4KiB
          --hardware paper --policy dense --dram 90% --max-gap 4096        | unit
          --hardware paper --policy dense --dram 90% --max-gap 4us         | 'us'
          --hardware paper --policy dense --dram 90% --min-request some    | some
          --hardware paper --policy dense --dram 90% --speculation previous | 'previous-layer'
          --hardware paper --policy dip:density=0.5 --dram 90% --speculation previous-layer | overlap pipeline
          --hardware paper --policy dense --dram 90% --threads 0           | --threads 0
          --hardware paper --policy dense --dram 90% --threads two         | two
          --hardware paper --policy dense --dram 90% --cache-fraction 0.5  | --cache-fraction
          --hardware paper --policy                                        | --policy
          --policy dense --dram 90%                                        | --hardware
          """)
  void simulate_saysWhatIsWrong(String arguments, String named) {
    String[] words = arguments.strip().split(" +", -1);
    String[] all = new String[words.length + 3];
    all[0] = "simulate";
    all[1] = "--trace";
    all[2] = TRACE.toString();
    System.arraycopy(words, 0, all, 3, words.length);
    assertThat(dipper((Object[]) all).isRefused()).contains(named);
  }

  @ParameterizedTest
  @CsvSource({"inspect", "simulate --hardware paper --policy dense --dram 90% --trace"})
  void aTraceThatIsNone_isNamed(String command) throws IOException {
    Path missing = folder.resolve("missing.arrow");
    assertThat(on(command, missing)).contains(missing.toString());

    Path empty = Files.createFile(folder.resolve("empty.arrow"));
    assertThat(on(command, empty)).contains(empty.toString());

    Path text = Files.writeString(folder.resolve("text.arrow"), "no trace at all, only text");
    assertThat(on(command, text)).contains(text.toString());

    byte[] whole = Files.readAllBytes(TRACE);
    for (int length : new int[] {8, 1000, whole.length / 2, whole.length - 1}) {
      Path cut = Files.write(folder.resolve("cut.arrow"), Arrays.copyOf(whole, length));
      assertThat(on(command, cut)).contains(cut.toString());
    }
    assertThat(on(command, folder)).contains(folder.toString());
  }

  @Test
  void aProfileFile_isPointedIntoByLineAndColumn() throws IOException {
    assertThat(validate("flash: {max_bandwith: 1 GB/s}")).contains(":1:9:", "max_bandwidth");
    assertThat(validate("extends: paper\nflash:\n  latency: 75 GB")).contains(":3:", "GB");
    assertThat(validate("extends: paper\ndram: {efficiency: 7}")).contains(":2:", "7");
    assertThat(validate("extends: papr")).contains(":1:", "'paper'");
    assertThat(validate("flash: [")).contains(":1:");
    assertThat(validate("")).contains("profile.yaml");
  }

  @Test
  void aResultFolderWithoutResults_isNamed() {
    assertThat(dipper("report", folder).isRefused()).contains(folder.toString());
    Path missing = folder.resolve("missing");
    assertThat(dipper("report", missing).isRefused()).contains(missing.toString());
  }

  @Test
  void trace_saysWhatIsWrong() throws IOException {
    Path model = SharedData.model("bookworm-3m-q8_0.gguf");
    Path text = SharedData.model("bookworm-heldout.txt");
    Path out = folder.resolve("t.arrow");
    Path missing = folder.resolve("missing");
    assertThat(dipper("trace", "--model", missing, "--text", text, "-o", out).isRefused())
        .contains(missing.toString());
    assertThat(dipper("trace", "--model", text, "--text", text, "-o", out).isRefused())
        .contains(text.toString(), "GGUF");
    assertThat(dipper("trace", "--model", model, "--text", missing, "-o", out).isRefused())
        .contains(missing.toString());
    assertThat(dipper("trace", "--model", model, "-o", out).isRefused()).contains("--text");
    Path odd = Files.write(folder.resolve("odd.ids"), new byte[7]);
    assertThat(dipper("trace", "--model", model, "--ids", odd, "-o", out).isRefused())
        .contains(odd.toString());
    assertThat(dipper(tiny(model, text, "--block", 4096, out)).isRefused()).contains("256");
    assertThat(dipper(tiny(model, text, "--tokens", 5, out)).isRefused()).contains("5");
    assertThat(dipper(tiny(model, text, "--tokens", -5, out)).isRefused()).contains("-5");
    assertThat(dipper(tiny(model, text, "--sites", "x,glue", out)).isRefused()).contains("glue");
    for (String part : List.of("3/2", "0/2", "1", "1/2/3", "-1/2", "1/99999999999")) {
      assertThat(dipper(tiny(model, text, "--part", part, out)).isRefused())
          .contains("part " + part, "1/2");
    }
    assertThat(dipper(tiny(model, text, "--part", "999999/999999", out)).isRefused())
        .contains("0 tokens");
    Path nowhere = folder.resolve("nowhere/t.arrow");
    assertThat(dipper(tiny(model, text, "--tokens", 256, nowhere)).isRefused())
        .contains(folder.resolve("nowhere").toString());
    byte[] whole = Files.readAllBytes(model);
    Path cut = Files.write(folder.resolve("cut.gguf"), Arrays.copyOf(whole, whole.length / 2));
    assertThat(dipper("models", "show", cut).isRefused()).contains(cut.toString());
    assertThat(dipper("trace", "--model", cut, "--text", text, "-o", out).isRefused())
        .contains(cut.toString());
  }

  @Test
  void aSweepFile_isPointedIntoByLineAndColumn() throws IOException {
    String good = "trace: " + TRACE + "\naccounting: paper\nhardware: [paper]\n";
    assertThat(sweep(good + "dram: [50%]\npolicy: [dnse]")).contains(":5:", "dnse");
    assertThat(sweep(good + "drm: [50%]\npolicy: [dense]")).contains(":4:1:", "'dram'");
    assertThat(sweep(good + "dram: [50 GHz]\npolicy: [dense]")).contains(":4:", "GHz");
    assertThat(sweep(good + "dram: [1%]\npolicy: [dense]")).contains("do not fit");
    assertThat(sweep(good + "policy: [dense]")).contains("dram");
    assertThat(sweep("hardware: [paper]\ndram: [50%]\npolicy: [dense]")).contains("trace");
    assertThat(sweep("")).contains("sweep.yaml");
    assertThat(dipper("sweep", folder.resolve("no.yaml"), "-o", folder).isRefused())
        .contains("no.yaml");
  }

  @Test
  void anUnknownModel_isAnsweredWithTheKnownOnes() {
    assertThat(dipper("models", "pull", "smollm").isRefused()).contains("smollm2-135m-instruct");
  }

  @Test
  void aResultFolderThatCannotBe_isNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    String good =
        "trace: " + TRACE + "\naccounting: paper\nhardware: [paper]\ncache_fraction: 0.5\n";
    Path sweep = Files.writeString(folder.resolve("s.yaml"), good + "policy: [dense]");
    assertThat(dipper("sweep", sweep, "-o", file).isRefused()).contains(file.toString());
  }

  private static Object[] tiny(Path model, Path text, Object option, Object value, Path output) {
    return new Object[] {"trace", "--model", model, "--text", text, option, value, "-o", output};
  }

  private String sweep(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("sweep.yaml"), yaml);
    return dipper("sweep", file, "-o", folder.resolve("results")).isRefused();
  }

  private static String on(String command, Path trace) {
    List<Object> words = new ArrayList<>(List.of(command.split(" ")));
    words.add(trace);
    return dipper(words.toArray()).isRefused();
  }

  private String validate(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("profile.yaml"), yaml);
    return dipper("hardware", "validate", file).isRefused();
  }
}
