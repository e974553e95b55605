package io.dipper.hwsim.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.files.OutputFile;
import io.dipper.progress.Progress;
import io.dipper.proto.LayerStorage;
import io.dipper.proto.TraceManifest;
import io.dipper.trace.Site;
import io.dipper.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Router traces of engines: what becomes of a good one, and what is said of a bad one. */
class RouteImportTest {
  @TempDir Path folder;
  private final List<String> lines = new ArrayList<>();

  /** Two layers, four experts, two of them per token; a prompt of two tokens, then two decoded. */
  @BeforeEach
  void aGoodTrace() {
    lines.add("# model=/models/tiny-moe.gguf arch=tiny n_layer=2 n_expert=4 n_expert_used=2");
    lines.add("# layer=0 expert_bytes=300 dense_bytes=1000");
    lines.add("# layer=1 expert_bytes=360 dense_bytes=1100");
    lines.add("turn,phase,step,layer,slot,expert,weight,residency,expert_bytes");
    lines.add("0,0,0,0,0,3,0.75,0,300");
    lines.add("0,0,0,0,1,1,0.25,0,300");
    lines.add("0,0,1,0,0,2,0.5,0,300");
    lines.add("0,0,1,0,1,3,0.5,0,300");
    lines.add("0,0,1,1,0,0,0.9,0,360");
    lines.add("0,0,1,1,1,2,0.1,0,360");
    token(2, "3", "1", "0", "1");
    token(3, "1", "2", "3", "0");
  }

  private void token(int step, String a, String b, String c, String d) {
    lines.add("0,1," + step + ",0,0," + a + ",0.6,0,300");
    lines.add("0,1," + step + ",0,1," + b + ",0.4,0,300");
    lines.add("0,1," + step + ",1,0," + c + ",0.7,0,360");
    lines.add("0,1," + step + ",1,1," + d + ",0.3,0,360");
  }

  private TraceManifest imported() throws IOException {
    Path routes = Files.write(folder.resolve("r.csv"), lines);
    try (OutputFile output =
        OutputFile.recording(folder.resolve("t.arrow"), OutputFile.Existing.REPLACED)) {
      return RouteImport.run(routes, "test", output, Progress.SILENT);
    }
  }

  private float[] row(TraceReader trace, int layer, Site site, int row) {
    float[] values = new float[2];
    trace.column(layer, site).read(row, values);
    return values;
  }

  @Test
  void turns_becomeSequencesOfAPromptAndDecodedTokens() throws IOException {
    TraceManifest manifest = imported();
    assertThat(manifest.getModel().getName()).isEqualTo("tiny-moe");
    assertThat(manifest.getModel().getNormTopk()).isTrue();
    assertThat(manifest.getPromptsList()).containsExactly(2);
    assertThat(manifest.getImportedFrom()).isEqualTo("r.csv");
    TraceReader trace = TraceReader.open(folder.resolve("t.arrow"));
    assertThat(trace.sequenceLengths()).containsExactly(4);
    assertThat(row(trace, 0, Site.EXPERTS, 0)).containsExactly(3, 1);
    assertThat(row(trace, 0, Site.EXPERT_WEIGHTS, 0)).containsExactly(0.75f, 0.25f);
    assertThat(row(trace, 1, Site.EXPERTS, 3)).containsExactly(3, 0);
  }

  @Test
  void lastLayer_mayBeAbsentInAPromptButForItsLastToken() throws IOException {
    imported();
    TraceReader trace = TraceReader.open(folder.resolve("t.arrow"));
    assertThat(row(trace, 1, Site.EXPERTS, 0)).containsExactly(-1, -1);
    assertThat(row(trace, 1, Site.EXPERTS, 1)).containsExactly(0, 2);
  }

  @Test
  void expertsOfUnequalSize_differInTheDownMatrix() throws IOException {
    LayerStorage larger = imported().getModel().getStorage(1);
    assertThat(larger.getDenseBytes()).isEqualTo(1100);
    assertThat(larger.getSlicesList())
        .extracting(s -> s.getMatrices() + " " + s.getBytes() + " " + s.hasOffset())
        .containsExactly("gate 100 false", "up 100 false", "down 160 false");
  }

  @Test
  void weightsThatDoNotSumToOne_areTakenAsShares() throws IOException {
    lines.replaceAll(line -> line.replace(",0.6,", ",0.2,"));
    assertThat(imported().getModel().getNormTopk()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0,1,3,1,0,3,0.7 | 0,1,3,1,1,1,0.7  | r.csv:18: step 3 of turn 0 (decode): slot 1 of layer 1 is there twice
          0,1,3,1,1,0,0.3 | 0,1,3,1,1,3,0.3  | r.csv:18: step 3 of turn 0 (decode): expert 3 of layer 1 is there twice
          0,1,3,1,1,0,0.3 | 0,1,3,1,1,4,0.3  | r.csv:18: expert is '4', want a whole number from 0 to 3
          0,1,3,1,1,0,0.3 | 0,1,3,1,2,0,0.3  | r.csv:18: slot is '2', want a whole number from 0 to 1
          0,1,3,1,1,0,0.3 | 0,1,3,2,1,0,0.3  | r.csv:18: layer is '2', want a whole number from 0 to 1
          0,1,3,1,1,0,0.3 | 0,1,3,1,1,0,NaN  | r.csv:18: weight is 'NaN', want a finite number
          0,1,3,1,1,0,0.3 | 0,1,3,1,1,0,     | r.csv:18: weight is '', want a finite number
          0,1,3,1,1,0,0.3 | 0,2,3,1,1,0,0.3  | r.csv:18: phase is '2', want a whole number from 0 to 1
          0,1,3,1,1,0,0.3 | 0,1,5,1,1,0,0.3  | r.csv:18: step 5 of turn 0 (decode) comes after step 3 of turn 0
          """)
  void wrongLine_isNamedByPlaceAndWhatIsWanted(String line, String wrong, String message) {
    lines.replaceAll(l -> l.startsWith(line) ? l.replace(line, wrong) : l);
    assertThatThrownBy(this::imported)
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(message)
        .hasMessageContaining("r.csv:");
  }

  @Test
  void missingRank_isNamedWithItsLayer() {
    lines.removeIf(line -> line.startsWith("0,1,2,1,1"));
    assertThatThrownBy(this::imported)
        .hasMessageEndingWith("step 2 of turn 0 (decode): layer 1 has 1 experts, want 2");
  }

  @Test
  void missingStep_isNamed() {
    lines.removeIf(line -> line.startsWith("0,1,2,"));
    assertThatThrownBy(this::imported)
        .hasMessageEndingWith("step 3 of turn 0 (decode) comes after step 1 of turn 0");
  }

  @Test
  void layerThatTheHeaderLacks_isNamed() {
    lines.remove(2);
    assertThatThrownBy(this::imported)
        .hasMessageContaining("has no line '# layer=1 expert_bytes=... dense_bytes=...'");
  }

  @Test
  void fileWithoutAModelLine_isNoRouterTrace() {
    lines.subList(0, 3).clear();
    assertThatThrownBy(this::imported).hasMessageContaining("it is no router trace");
  }

  @Test
  void fileOfColumnsAlone_hasNoExperts() {
    lines.subList(4, lines.size()).clear();
    assertThatThrownBy(this::imported).hasMessageContaining("has no experts");
  }

  @Test
  void badTrace_leavesNoOutput() {
    lines.removeIf(line -> line.startsWith("0,1,2,"));
    assertThatThrownBy(this::imported).isInstanceOf(UserException.class);
    assertThat(folder.resolve("t.arrow")).doesNotExist();
  }
}
