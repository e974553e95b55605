package io.dipper.hwsim.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.Count;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.Replay;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.MaskFiles.Row;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.hwsim.study.result.Python;
import io.dipper.progress.Progress;
import io.dipper.proto.ModelShape;
import io.dipper.testing.SharedData;
import io.dipper.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Masks from files: those that were written, and what is said of files that are wrong. */
class RecordedUnitsTest {
  @AutoClose
  private static final TraceReader trace =
      TraceReader.open(SharedData.testdata("golden/bookworm.arrow"));

  /** 2 layers, 5 input columns, 70 GLU units. */
  private static final ModelShape SMALL =
      ModelShape.newBuilder().setLayers(2).setHiddenSize(5).setIntermediateSize(70).build();

  private static final Pattern PYTHON = Pattern.compile("(?s)```python\n(.*?)```");

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("policies")
  void theMasksOfAPolicy_writtenAndReadAgain_giveItsCounts(String spec, List<String> groups)
      throws IOException {
    MaskPolicy original = policy(spec);
    List<Row> rows = Collections.synchronizedList(new ArrayList<>());
    Demand wanted =
        new Replay(trace, 2, Progress.SILENT)
            .run(
                List.of(point(original)),
                (p, access) ->
                    rows.add(
                        new Row(
                            access.row(),
                            access.layer(),
                            groups.get(access.group()),
                            units(access.wanted()))))
            .get(0);
    Collections.shuffle(rows, new Random(1));
    Path file = MaskFiles.write(folder.resolve("masks.arrow"), rows, 1000);
    MaskPolicy read = policy("file:masks=" + file);
    assertThat(read.groups()).isEqualTo(original.groups());
    assertSame(new Replay(trace, 1, Progress.SILENT).run(List.of(point(read))).get(0), wanted);
  }

  private static void assertSame(Demand found, Demand wanted) {
    for (int g = 0; g < wanted.groups().size(); g++) {
      for (int layer = 0; layer < trace.model().getLayers(); layer++) {
        for (int row = 0; row < trace.tokens(); row++) {
          for (Count count : List.of(Count.SELECTED, Count.HITS, Count.MISSED_RUNS)) {
            assertThat(found.count(count, g, layer, row))
                .isEqualTo(wanted.count(count, g, layer, row));
          }
        }
      }
    }
  }

  static Stream<Arguments> policies() {
    return Stream.of(
        Arguments.of("dip:density=0.5", List.of("x", "glu")),
        Arguments.of("glu:keep=0.3", List.of("glu")),
        Arguments.of("gate:keep=0.3", List.of("gate")),
        Arguments.of("up:keep=0.3", List.of("up")),
        Arguments.of("glu-oracle:keep=0.3", List.of("neuron")));
  }

  @Test
  void thePythonOfTheDocument_writesTheMasksOfTheLargestGluUnits()
      throws IOException, InterruptedException {
    Python.needs("pyarrow", "numpy");
    Path page = SharedData.root().resolve("docs/adding-a-policy.md");
    List<String> scripts =
        PYTHON.matcher(Files.readString(page)).results().map(found -> found.group(1)).toList();
    assertThat(scripts).hasSize(1);
    Path file = folder.resolve("python.arrow");
    Python.run(
        scripts
            .get(0)
            .replace("t.arrow", SharedData.testdata("golden/bookworm.arrow").toString())
            .replace("masks.arrow", file.toString()));
    List<ReplayPoint> points =
        List.of(point(policy("file:masks=" + file)), point(policy("glu:keep=0.5")));
    List<Demand> demands = new Replay(trace, 1, Progress.SILENT).run(points);
    assertSame(demands.get(0), demands.get(1));
  }

  private static ReplayPoint point(MaskPolicy policy) {
    int[] columns = policy.groups().stream().mapToInt(group -> 60).toArray();
    return new ReplayPoint(policy, Caches.parse("lru"), columns, 0);
  }

  private static MaskPolicy policy(String spec) {
    return Policies.create(Policies.parse(spec), new PolicyContext(trace.model(), trace));
  }

  private static int[] units(UnitSet mask) {
    int[] units = new int[mask.cardinality()];
    int count = 0;
    for (int unit = mask.next(0); unit >= 0; unit = mask.next(unit + 1)) {
      units[count++] = unit;
    }
    return units;
  }

  static Stream<Arguments> wrongRows() {
    Row first = new Row(0, 0, "glu", 3, 1);
    Row second = new Row(0, 1, "glu");
    return Stream.of(
        Arguments.of(List.of(first), "lacks token 0 in layer 1 of group glu"),
        Arguments.of(
            List.of(first, second, new Row(2, 0, "glu"), new Row(2, 1, "glu")),
            "lacks token 1 in layer 0 of group glu"),
        Arguments.of(
            List.of(first, second, new Row(0, 0, "x")), "lacks token 0 in layer 1 of group x"),
        Arguments.of(List.of(first, new Row(0, 1, "glu", 70)), "row 1: unit is 70, want 0 to 69"),
        Arguments.of(List.of(new Row(0, 0, "x", 5)), "row 0: unit is 5, want 0 to 4"),
        Arguments.of(List.of(new Row(0, 0, "x", -1)), "row 0: unit is -1, want 0 to 4"),
        Arguments.of(List.of(first, new Row(0, 1, "glu", 6, 7, 6)), "row 1: unit 6 is there twice"),
        Arguments.of(List.of(first, first), "row 1: token 0, layer 0, group glu is there already"),
        Arguments.of(List.of(first, new Row(0, 2, "glu")), "row 1: layer is 2, want 0 to 1"),
        Arguments.of(List.of(new Row(-1, 0, "glu")), "row 0: token is -1, want 0 to"),
        Arguments.of(
            List.of(new Row(0, 0, "h")),
            "row 0: group is 'h', want one of gate, glu, neuron, up, x"),
        Arguments.of(
            List.of(first, second, new Row(0, 0, "gate"), new Row(0, 1, "gate")),
            "has groups gate, glu, which mask a matrix twice"),
        Arguments.of(List.of(), "has no rows"));
  }

  @ParameterizedTest
  @MethodSource("wrongRows")
  void whatARowSaysWrong_isSaidWithItsPlace(List<Row> rows, String message) throws IOException {
    Path file = MaskFiles.write(folder.resolve("masks.arrow"), rows, 2);
    refused(file, message);
  }

  @Test
  void fewerTokensThanTheTrace_areRefused() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (int layer = 0; layer < trace.model().getLayers(); layer++) {
      for (int token = 0; token < 100; token++) {
        rows.add(new Row(token, layer, "x", 1));
      }
    }
    Path file = MaskFiles.write(folder.resolve("masks.arrow"), rows, 64);
    assertThatThrownBy(() -> policy("file:masks=" + file))
        .isInstanceOf(UserException.class)
        .hasMessage(file + ": has masks for 100 tokens, and the trace has 384");
  }

  @Test
  void whatIsNoArrowFile_isSaid() throws IOException {
    refused(Files.writeString(folder.resolve("a.csv"), "token,layer"), "is not a whole Arrow IPC");
    refused(
        SharedData.testdata("golden/bookworm.arrow"),
        "has no column group; want token int32, layer int32, group utf8, units list<int32>");
    List<Row> rows = List.of(new Row(0, 0, "x", 1), new Row(0, 1, "x", 1));
    byte[] whole = Files.readAllBytes(MaskFiles.write(folder.resolve("whole.arrow"), rows, 2));
    Path cut = folder.resolve("cut.arrow");
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
    refused(cut, "is not a whole Arrow IPC");
  }

  @Test
  void damage_isALine() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (int token = 0; token < 9; token++) {
      rows.add(new Row(token, 0, "x", 1, 3));
      rows.add(new Row(token, 1, "x", 0, 2));
    }
    byte[] whole = Files.readAllBytes(MaskFiles.write(folder.resolve("whole.arrow"), rows, 5));
    Random random = new Random(3);
    Path file = folder.resolve("damaged.arrow");
    for (int i = 0; i < 300; i++) {
      byte[] bytes = whole.clone();
      bytes[8 + random.nextInt(bytes.length - 16)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, bytes);
      try {
        small(file);
      } catch (UserException e) {
        assertThat(e).hasMessageStartingWith(file.toString());
      }
    }
  }

  private static void refused(Path file, String message) {
    assertThatThrownBy(() -> small(file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(message);
  }

  private static MaskPolicy small(Path file) {
    return Policies.create(Policies.parse("file:masks=" + file), new PolicyContext(SMALL, null));
  }
}
