package io.dipper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.testing.OnOneJdk;
import io.dipper.testing.ResultFolders;
import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One sweep over every mask, every cache of units and both accountings, in JVMs of their own: its
 * result files are the same bytes whatever the JDK, the loops and the number of threads.
 */
@OnOneJdk
class SameBytesTest {
  private static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");
  private static final String[] POINTS = {"84 points", "4 points cannot exist"};

  private static final String GRID =
      """
      accounting: [des, paper]
      hardware: apple-a18
      cache_fraction: 0.5
      cache: [lru, lfu, belady, none]
      policy:
        - dense
        - glu: {keep: 0.5}
        - glu-oracle: {keep: 0.5}
        - gate: {keep: 0.5}
        - up: {keep: 0.5}
        - cats: {keep: 0.5}
        - dip: {density: 0.5}
        - dip-ca: {density: 0.5}
        - approximate: {density: 0.5}
        - teal: {keep: 0.5}
        - wina: {density: 0.5}
      """;

  /**
   * How a JVM is asked for its loops. The Vector API is vectors only where all compilers are in
   * use; the others do with the one that starts sooner.
   */
  private enum Loops {
    MODULE,
    FORBIDDEN,
    NO_MODULE;

    List<String> flags() {
      String module = "--add-modules=jdk.incubator.vector";
      String soon = "-XX:TieredStopAtLevel=1";
      return switch (this) {
        case MODULE -> List.of(module);
        case FORBIDDEN -> List.of(module, "-Ddipper.simd=false", soon);
        case NO_MODULE -> List.of(soon);
      };
    }
  }

  private record Variant(Jvm jvm, Loops loops, int threads) {
    Path folder() {
      return folder.resolve(jvm.feature() + "-" + loops + "-" + threads);
    }

    Process start() throws IOException {
      List<Object> words = List.of("sweep", sweep, "--trace", TRACE, "-q", "-o", folder());
      List<Object> all = new ArrayList<>(words);
      all.addAll(List.of("--threads", threads));
      return Ended.start(jvm.command(loops.flags(), LoopsToldMain.class, all.toArray()));
    }
  }

  @TempDir static Path folder;
  private static Path sweep = Path.of("");
  private static Path expected = Path.of("");

  @BeforeAll
  static void runHere() throws Exception {
    sweep = Files.writeString(folder.resolve("sweep.yaml"), GRID);
    Variant here = new Variant(Jvm.here(), Loops.NO_MODULE, 2);
    assertThat(Ended.of(here.start()).succeeds()).contains(POINTS).contains("scalar loops");
    expected = Files.move(here.folder(), folder.resolve("expected"));
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 25})
  void onAnyJdk_vectorOrScalar_withOneThreadOrTwo(int feature) throws Exception {
    Optional<Jvm> jvm = Jvm.of(feature);
    if (jvm.isEmpty()) {
      String reason = "skipped: the bytes of a sweep on JDK " + feature + ": none is installed";
      System.out.println(reason); // Surefire shows no reason of a skipped test
      Assumptions.abort(reason);
    }
    assertSameBytes(
        new Variant(jvm.get(), Loops.MODULE, 1), new Variant(jvm.get(), Loops.MODULE, 2));
    assertSameBytes(
        new Variant(jvm.get(), Loops.FORBIDDEN, 2), new Variant(jvm.get(), Loops.NO_MODULE, 1));
  }

  private static void assertSameBytes(Variant... variants) throws Exception {
    List<Process> processes = new ArrayList<>();
    for (Variant variant : variants) {
      processes.add(variant.start());
    }
    for (int i = 0; i < variants.length; i++) {
      String said = Ended.of(processes.get(i)).succeeds();
      assertThat(said).contains(POINTS);
      assertLoops(variants[i], said);
      ResultFolders.assertSame(variants[i].folder(), expected);
    }
  }

  private static void assertLoops(Variant variant, String said) {
    if (variant.loops == Loops.MODULE) {
      // Vector loops from JDK 21 on, where vectors are wide enough; let it be known.
      System.out.println(variant.folder().getFileName() + ": " + said.lines().toList().get(1));
    } else {
      assertThat(said).contains("scalar loops");
    }
  }
}
