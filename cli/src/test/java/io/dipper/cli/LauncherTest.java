package io.dipper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
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
  /** All that the script needs, so that the machine's own Maven is out of its sight. */
  private static final List<String> TOOLS =
      List.of(
          "sh",
          "cat",
          "dirname",
          "find",
          "head",
          "ln",
          "mkdir",
          "readlink",
          "rm",
          "sed",
          "sleep",
          "tail",
          "touch");

  @TempDir private Path folder;

  private Path root;
  private Path tools;
  private Path home;

  @BeforeEach
  void layOut() throws IOException {
    root = Files.createDirectories(folder.resolve("a tree"));
    tools = Files.createDirectories(folder.resolve("tools"));
    home = Files.createDirectories(folder.resolve("home"));
    Files.copy(SharedData.root().resolve("dipper"), root.resolve("dipper"));
    makeExecutable(root.resolve("dipper"));
    Files.createDirectories(root.resolve("cli/target"));
    for (String tool : TOOLS) {
      for (String bin : System.getenv("PATH").split(":", -1)) {
        Path file = Path.of(bin, tool);
        if (Files.isExecutable(file) && Files.notExists(tools.resolve(tool))) {
          script(tools.resolve(tool), "exec " + file + " \"$@\"");
        }
      }
    }
  }

  @Test
  void theNewestJdk_isPicked() throws Exception {
    jdk("9.9", 9);
    jdk("98.0.1", 98);
    jdk("97.0.2", 97);
    built();

    assertThat(launch("policies").output()).contains("jdk 98 runs").contains("policies");
  }

  @Test
  void onOlderJdks_noFlagOfNewerOnesIsSet() throws Exception {
    built();
    String old = launchWith(jdk("17.0.1", 17), "policies").output();
    assertThat(old).contains("jdk 17 runs").doesNotContain("--sun-misc-unsafe-memory-access");
    String modern = launchWith(jdk("25", 25), "policies").output();
    assertThat(modern).contains("jdk 25 runs").contains("--sun-misc-unsafe-memory-access=allow");
  }

  @Test
  void anOldJdk_isOneLine() throws Exception {
    built();
    Path java8 = jdk("1.8.0_392", 8);
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
    Ended result = launchWith(jdk("25", 25), "policies");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.output().lines())
        .containsExactly(
            "dipper: nothing is built yet, and building needs Maven (mvn), which is not on the"
                + " PATH");
  }

  @Test
  void concurrentFirstStarts_buildOnce() throws Exception {
    maven("echo built >> '" + folder + "/builds'; sleep 1; : > cli/target/dipper.jar");
    jdk("98", 98);
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
    maven(": > cli/target/dipper.jar");
    jdk("98", 98);

    assertThat(launch("policies").output()).contains("jdk 98 runs");
  }

  @Test
  void aFailedBuild_showsTheEndOfItsLog() throws Exception {
    maven("echo '[ERROR] cannot find symbol'; exit 1");
    jdk("98", 98);
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
    built();
    jdk("21.0.1", 21);
    jdk("98", 98);
    maven(
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
    built();
    Path jdk25 = jdk("25", 25);
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
    built();
    Path source = root.resolve("hwsim/src/main/java/A.java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, "class A {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(-3600)));
    maven("echo built >> '" + folder + "/builds'");
    jdk("98", 98);

    launch("policies");
    assertThat(folder.resolve("builds")).doesNotExist();

    Files.setLastModifiedTime(jar(), FileTime.from(Instant.now().plusSeconds(-7200)));
    launch("policies");
    launch("policies");
    assertThat(folder.resolve("builds")).hasContent("built");
  }

  @Test
  void throughSymbolicLinksAndFromAnyFolder_theTreeIsFound() throws Exception {
    built();
    jdk("98", 98);
    Path first = Files.createSymbolicLink(folder.resolve("first"), root.resolve("dipper"));
    Files.createSymbolicLink(tools.resolve("second"), Path.of("../first"));
    assertThat(first).isSymbolicLink();
    ProcessBuilder process = process(null, tools.resolve("second").toString(), "policies");
    Ended result = Ended.of(process.directory(home.toFile()).start());
    assertThat(result.output()).contains(root.toRealPath().resolve("cli/target/dipper.jar") + "");
  }

  @Test
  void optionsForTheJvmAndArgumentsWithSpaces_arePassedOn() throws Exception {
    built();
    ProcessBuilder process =
        process(jdk("25", 25), root.resolve("dipper").toString(), "trace", "a b.txt");
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
    List<String> command = new ArrayList<>(List.of(root.resolve("dipper").toString()));
    command.addAll(List.of(arguments));
    return process(javaHome, command.toArray(String[]::new)).start();
  }

  private ProcessBuilder process(@Nullable Path javaHome, String... command) {
    ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
    process.environment().clear();
    process.environment().put("HOME", home.toString());
    process.environment().put("PATH", tools.toString());
    if (javaHome != null) {
      process.environment().put("DIPPER_JAVA_HOME", javaHome.toString());
    }
    return process;
  }

  /** A JDK whose java says that it runs, and with what. */
  private Path jdk(String version, int feature) throws IOException {
    Path jdk = home.resolve(".sdkman/candidates/java/" + version);
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    script(
        jdk.resolve("bin/java"),
        "echo jdk " + feature + " runs; for a in \"$@\"; do echo \"[$a]\"; done");
    script(jdk.resolve("bin/javac"), "exit 0");
    return jdk;
  }

  private Path maven(String body) throws IOException {
    return script(tools.resolve("mvn"), body);
  }

  private Path jar() {
    return root.resolve("cli/target/dipper.jar");
  }

  private void built() throws IOException {
    Files.createFile(jar());
  }

  private static Path script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    makeExecutable(file);
    return file;
  }

  private static void makeExecutable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
