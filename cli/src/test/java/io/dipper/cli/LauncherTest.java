package io.dipper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher script, in a copy of the tree that holds nothing but it, with JDKs and a Maven that
 * only say how they were called.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  @TempDir private Path folder;

  private LauncherTree tree;
  private Path root;

  @BeforeEach
  void layOut() throws IOException {
    tree = LauncherTree.in(folder);
    root = tree.root();
  }

  @Test
  void theNewestJdk_isPicked() throws Exception {
    tree.jdk("9.9", 9);
    tree.jdk("98.0.1", 98);
    tree.jdk("97.0.2", 97);
    tree.built();

    assertThat(launch("policies").output()).contains("jdk 98 runs").contains("policies");
  }

  @Test
  void onOlderJdks_noFlagOfNewerOnesIsSet() throws Exception {
    tree.built();
    String old = launchWith(tree.jdk("17.0.1", 17), "policies").output();
    assertThat(old).contains("jdk 17 runs").doesNotContain("--sun-misc-unsafe-memory-access");
    String modern = launchWith(tree.jdk("25", 25), "policies").output();
    assertThat(modern).contains("jdk 25 runs").contains("--sun-misc-unsafe-memory-access=allow");
  }

  @Test
  void anOldJdk_isOneLine() throws Exception {
    tree.built();
    Path java8 = tree.jdk("1.8.0_392", 8);
    Ended result = launchWith(java8, "policies");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.output().lines())
        .containsExactly(
            "dipper: the newest Java found is 8 (" + java8 + "); a JDK, 17 or later, is needed");
  }

  @Test
  void noJdk_isOneLine() throws Exception {
    Ended result = launchWith(folder.resolve("nowhere"), "policies");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.output().lines()).hasSize(1);
    assertThat(result.output()).startsWith("dipper: no Java found in DIPPER_JAVA_HOME=");
  }

  @Test
  void whereNothingIsBuiltAndNoMavenIsThere_isOneLine() throws Exception {
    Ended result = launchWith(tree.jdk("25", 25), "policies");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.output().lines())
        .containsExactly(
            "dipper: nothing is built yet, and building needs Maven (mvn), which is not on the"
                + " PATH");
  }

  @Test
  void concurrentFirstStarts_buildOnce() throws Exception {
    tree.maven("echo built >> '" + folder + "/builds'; sleep 1; : > cli/target/dipper.jar");
    tree.jdk("98", 98);
    List<Process> starts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      starts.add(start(null, "policies"));
    }
    for (Process start : starts) {
      Ended result = Ended.of(start);
      assertThat(result.exit()).isZero();
      assertThat(result.output()).contains("jdk 98 runs");
    }
    assertThat(folder.resolve("builds")).hasContent("built");
    assertThat(root.resolve("target/dipper-build.lock")).doesNotExist();
  }

  @Test
  void aLockWhoseOwnerHasDied_isTakenAway() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Files.createDirectories(root.resolve("target"));
    Files.createSymbolicLink(root.resolve("target/dipper-build.lock"), Path.of("" + dead.pid()));
    tree.maven(": > cli/target/dipper.jar");
    tree.jdk("98", 98);

    assertThat(launch("policies").output()).contains("jdk 98 runs");
  }

  @Test
  void aFailedBuild_showsTheEndOfItsLog() throws Exception {
    tree.maven("echo '[ERROR] cannot find symbol'; exit 1");
    tree.jdk("98", 98);
    Ended result = launch("policies");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.output().lines())
        .contains("[ERROR] cannot find symbol")
        .last()
        .asString()
        .startsWith("dipper: the build failed; all of it is in ")
        .endsWith("dipper-build.log");
  }

  @Test
  void theEngineSpark_isBuiltWithItsProfile_andRunsOnAJdkThatSparkKnows() throws Exception {
    tree.built();
    tree.jdk("21.0.1", 21);
    tree.jdk("98", 98);
    tree.maven(
        "echo \"$@\" >> '"
            + folder
            + "/builds'; mkdir -p spark/target; : > spark/target/dipper-spark.jar");

    assertThat(launch("sweep", "s.yaml").output()).contains("jdk 98 runs").contains("[-jar]");
    assertThat(folder.resolve("builds")).doesNotExist();

    String spark = launch("sweep", "s.yaml", "--engine", "spark").output();
    assertThat(spark)
        .contains("jdk 21 runs", "[io.dipper.cli.Main]", "[sweep]")
        .contains("spark/target/spark/*:", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
    assertThat(launch("sweep", "--engine=spark").output()).contains("jdk 21 runs");
    assertThat(folder.resolve("builds"))
        .content()
        .hasLineCount(1)
        .contains("-Pspark -pl spark -am package");
  }

  @Test
  void theEngineSpark_onANamedJdkThatItDoesNotRunOn_isOneLine() throws Exception {
    tree.built();
    Path jdk25 = tree.jdk("25", 25);
    Ended result = launchWith(jdk25, "sweep", "s.yaml", "--engine", "spark");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.output().lines())
        .containsExactly(
            "dipper: --engine spark: Spark 4.0 runs on JDK 17 or 21, and DIPPER_JAVA_HOME="
                + jdk25
                + " is 25");
  }

  @Test
  void sourcesNewerThanTheBuild_areBuilt() throws Exception {
    tree.built();
    Path source = root.resolve("hwsim/src/main/java/A.java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, "class A {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(-3600)));
    tree.maven("echo built >> '" + folder + "/builds'");
    tree.jdk("98", 98);

    launch("policies");
    assertThat(folder.resolve("builds")).doesNotExist();

    Files.setLastModifiedTime(tree.jar(), FileTime.from(Instant.now().plusSeconds(-7200)));
    launch("policies");
    launch("policies");
    assertThat(folder.resolve("builds")).hasContent("built");
  }

  @Test
  void throughSymbolicLinksAndFromAnyFolder_theTreeIsFound() throws Exception {
    tree.built();
    tree.jdk("98", 98);
    Path first = Files.createSymbolicLink(folder.resolve("first"), root.resolve("dipper"));
    Files.createSymbolicLink(tree.tools().resolve("second"), Path.of("../first"));
    assertThat(first).isSymbolicLink();
    ProcessBuilder process = tree.process(null, "policies");
    process.command().set(0, tree.tools().resolve("second").toString());
    Ended result = Ended.of(process.directory(tree.home().toFile()).start());
    assertThat(result.output()).contains(root.toRealPath().resolve("cli/target/dipper.jar") + "");
  }

  @Test
  void optionsForTheJvmAndArgumentsWithSpaces_arePassedOn() throws Exception {
    tree.built();
    ProcessBuilder process = tree.process(tree.jdk("25", 25), "trace", "a b.txt");
    process.environment().put("DIPPER_JAVA_OPTS", "-Xmx1g -Da=b");
    assertThat(Ended.of(process.start()).output())
        .contains("[-Xmx1g]")
        .contains("[-Da=b]")
        .contains("[a b.txt]");
  }

  private Ended launch(String... arguments) throws Exception {
    return Ended.of(start(null, arguments));
  }

  private Ended launchWith(Path javaHome, String... arguments) throws Exception {
    return Ended.of(start(javaHome, arguments));
  }

  private Process start(@Nullable Path javaHome, String... arguments) throws IOException {
    return tree.process(javaHome, arguments).start();
  }
}
