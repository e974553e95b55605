package io.dipper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.testing.OnOneJdk;
import io.dipper.testing.SharedData;
import io.dipper.testing.SourceJar;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The template of a plugin, built as its reader builds it, and used from the command line. */
@OnOneJdk
class PluginTemplateTest {
  private static final Path TEMPLATE = SharedData.root().resolve("docs/plugin-template");
  private static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");

  @TempDir static Path folder;
  private static Path jar = Path.of("");

  @BeforeAll
  static void build() throws IOException {
    jar =
        new SourceJar(folder.resolve("classes"))
            .compile(
                TEMPLATE.resolve("src/main/java"), "--release", "17", "-Xlint:all,-path", "-Werror")
            .withAll(TEMPLATE.resolve("src/main/resources"))
            .write(folder.resolve("my-plugin.jar"));
  }

  @Test
  void itsOwnTests_pass() throws Exception {
    Path tests = folder.resolve("tests");
    new SourceJar(folder.resolve("classes")).compile(TEMPLATE.resolve("src/main/java"));
    Path both = Files.createDirectories(tests.resolve("classes"));
    new SourceJar(both).compile(TEMPLATE.resolve("src"));
    int run = 0;
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {both.toUri().toURL()}, getClass().getClassLoader())) {
      Class<?> test = loader.loadClass("org.example.dipper.MyPluginTest");
      Constructor<?> constructor = test.getDeclaredConstructor();
      constructor.setAccessible(true);
      for (Method method : test.getDeclaredMethods()) {
        if (method.isAnnotationPresent(Test.class)) {
          method.setAccessible(true);
          method.invoke(constructor.newInstance());
          run++;
        }
      }
    }
    assertThat(run).isEqualTo(2);
  }

  @Test
  void itsMaskAndCache_areListedAndShown() throws Exception {
    assertThat(dipper("policies", "list")).contains("steady", "oldest-run");
    assertThat(dipper("policies", "show", "steady")).contains("memory", "0.5", "moving average");
    assertThat(dipper("policies", "show", "oldest-run")).contains("overflow", "admission");
    assertThat(dipper("completion", "bash")).contains("steady", "oldest-run");
  }

  @Test
  void aMaskWithoutMemory_isThatOfTheLargestGluUnits() throws Exception {
    JsonNode theirs = simulate("steady:keep=0.5,memory=0", "lfu");
    JsonNode ours = simulate("glu:keep=0.5", "lfu");
    for (String value : List.of("tokens_per_second", "hit_rate", "density")) {
      assertThat(theirs.required(value)).as(value).isEqualTo(ours.required(value));
    }
    assertThat(theirs.required("point_id")).isNotEqualTo(ours.required("point_id"));
  }

  private static JsonNode simulate(String policy, String cache) throws Exception {
    return new ObjectMapper()
        .readTree(
            dipper(
                "simulate",
                "--trace",
                TRACE,
                "--hardware",
                "apple-a18",
                "--dram",
                "92%",
                "--policy",
                policy,
                "--cache",
                cache,
                "--format",
                "json"));
  }

  @Test
  void aSweepOfThem_isVerifiedLive() throws Exception {
    Path trace = folder.resolve("t.arrow");
    Bookworm.record(trace, "--sites", "x,glu").succeeds();
    Path sweep = folder.resolve("sweep.yaml");
    Files.writeString(
        sweep,
        """
        trace: %s
        hardware: apple-a18
        dram: 92%%
        cache: [lru, oldest-run: {admission: bypass}]
        policy: [dense, steady: {keep: [0.5, 0.7], memory: 0.9}]
        """
            .formatted(trace));
    Path results = folder.resolve("results");
    dipper("sweep", sweep, "-o", results, "--quiet");
    assertThat(new ResultDirectory(results).points())
        .filteredOn(row -> row.policy().equals("steady"))
        .extracting(row -> row.cache())
        .containsExactlyInAnyOrder("lru", "lru", "oldest-run", "oldest-run");
    dipper("verify", results, "--model", Bookworm.MODEL, "--points", "all", "--quiet");
    assertThat(new ResultDirectory(results).verified())
        .filteredOn(row -> row.name().policy().equals("steady"))
        .hasSize(4)
        .allSatisfy(row -> assertThat(row.rates().liveHitRateH()).isBetween(0.0, 1.0));
  }

  @Test
  void aPluginThatCannotBeLoaded_isOneLine() throws Exception {
    Path text = Files.writeString(folder.resolve("text.jar"), "no jar");
    for (String[] command :
        List.of(
            new String[] {"policies", "list"},
            new String[] {
              "simulate",
              "--trace",
              TRACE.toString(),
              "--hardware",
              "apple-a18",
              "--policy",
              "dense"
            })) {
      Ended ended = Plugins.run(text, (Object[]) command);
      assertThat(ended.output().strip())
          .isEqualTo("dipper: DIPPER_PLUGINS: " + text + ": is not a jar");
      assertThat(ended.exit()).isEqualTo(2);
    }
  }

  private static String dipper(Object... arguments) throws Exception {
    return Plugins.run(jar, arguments).succeeds();
  }
}
