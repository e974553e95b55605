package io.dipper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher script in environments that people have: what it hands to the JVM there. */
@DisabledOnOs(OS.WINDOWS)
class LauncherSurroundingsTest {
  @TempDir private Path folder;

  private LauncherTree tree;
  private Path jdk;

  @BeforeEach
  void layOut() throws IOException {
    tree = LauncherTree.in(folder);
    tree.built();
    jdk = tree.jdk("25", 25);
  }

  private String started(Map<String, String> environment, String... words) throws Exception {
    ProcessBuilder process = tree.process(jdk, words);
    process.environment().putAll(environment);
    return Ended.of(process.start()).succeeds();
  }

  @Test
  void withoutHome_itStarts() throws Exception {
    ProcessBuilder process = tree.process(jdk, "policies");
    process.environment().remove("HOME");
    assertThat(Ended.of(process.start()).succeeds()).contains("jdk 25 runs");

    process = tree.process(null, "policies");
    process.environment().remove("HOME");
    process.environment().put("JAVA_HOME", tree.jdk("98", 98).toString());
    assertThat(Ended.of(process.start()).succeeds()).contains("jdk 98 runs");
  }

  @Test
  void namesOfFoldersThatAreNot_areNoHindrance() throws Exception {
    tree.jdk("98", 98); // newer than any that the machine may have
    ProcessBuilder process = tree.process(null, "policies");
    process.environment().put("JAVA_HOME", "/no/such/jdk");
    process.environment().put("TMPDIR", "/no/such/folder");
    assertThat(Ended.of(process.start()).succeeds()).contains("jdk 98 runs");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:+UseSerialGC",
        "-XX:+UseG1GC",
        "-XX:+UseZGC",
        "-XX:+UseShenandoahGC",
        "-Xmx1g -XX:+UnlockExperimentalVMOptions -XX:+UseEpsilonGC"
      })
  void aCollectorOfTheUsersOwn_takesThePlaceOfOurs(String options) throws Exception {
    for (String variable : List.of("DIPPER_JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")) {
      assertThat(started(Map.of(variable, options), "policies"))
          .as(variable)
          .contains(options.split(" "))
          .doesNotContain("UseParallelGC");
    }
    assertThat(started(Map.of(), "policies")).contains("[-XX:+UseParallelGC]");
  }

  @Test
  void aTraining_isBoundInWhatItThrowsAway() throws Exception {
    assertThat(started(Map.of(), "train", "lora")).contains("[-XX:MaxNewSize=768m]");
    assertThat(started(Map.of(), "trace")).doesNotContain("MaxNewSize");
  }

  @Test
  void optionsOfTheUsersOwn_comeAfterOurs() throws Exception {
    List<String> lines =
        started(Map.of("JAVA_TOOL_OPTIONS", "-XX:MaxRAMPercentage=20"), "policies")
            .lines()
            .toList();
    assertThat(lines.indexOf("[-XX:MaxRAMPercentage=20]"))
        .isGreaterThan(lines.indexOf("[-XX:MaxRAMPercentage=50]"));
  }

  @Test
  void optionsInTheJvmsOwnVariables_areHandedOnSoThatItDoesNotTellOfThem() throws Exception {
    tree.java(jdk, "echo \"tool=$JAVA_TOOL_OPTIONS\"; for a in \"$@\"; do echo \"[$a]\"; done");
    assertThat(started(Map.of("JAVA_TOOL_OPTIONS", "-Da=b -Dc=*"), "policies").lines())
        .contains("tool=", "[-Da=b]", "[-Dc=*]");
    assertThat(started(Map.of("JAVA_TOOL_OPTIONS", "-Da='b c'"), "policies").lines())
        .as("only the JVM takes quotes apart")
        .contains("tool=-Da='b c'")
        .doesNotContain("[-Da='b]");
  }

  @Test
  void inALocaleOfAscii_theCharacterSetIsUtf8_andTheLanguageStays() throws Exception {
    tree.java(jdk, "echo \"all=$LC_ALL ctype=$LC_CTYPE messages=$LC_MESSAGES\"");
    assertThat(started(Map.of("LC_ALL", "POSIX"), "policies"))
        .containsPattern("all= ctype=(C|en_US)\\.(UTF-8|utf8) messages=POSIX");
    assertThat(started(Map.of(), "policies")).containsPattern("all= ctype=\\S+ messages=\\R");
    assertThat(started(Map.of("LC_ALL", "C.UTF-8"), "policies"))
        .contains("all=C.UTF-8 ctype= messages=");
  }

  @Test
  void aLocaleThatIsNotInstalled_doesNotKeepTheOthersFromBeingUtf8() throws Exception {
    tree.java(jdk, "echo \"all=$LC_ALL\"");
    for (String variable : List.of("LC_ALL", "LANG", "LC_CTYPE")) {
      assertThat(started(Map.of(variable, "xx_XX.ISO-8859-1"), "policies"))
          .as(variable)
          .containsPattern("all=(C|en_US)\\.(UTF-8|utf8)\\R");
    }
  }

  @Test
  void quotesInOurOwnOptions_areRefusedInOneLine() throws Exception {
    for (String options : List.of("-Da='b c'", "-Da=\"b c\"")) {
      ProcessBuilder process = tree.process(jdk, "policies").redirectErrorStream(true);
      process.environment().put("DIPPER_JAVA_OPTS", options);
      Process started = process.start();
      assertThat(new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("dipper: DIPPER_JAVA_OPTS has quotes")
          .hasLineCount(1);
      assertThat(started.waitFor()).isEqualTo(2);
    }
  }

  @Test
  void standardInputThatIsClosed_isEmpty() throws Exception {
    tree.java(jdk, "{ true 3<&0; } && echo open");
    ProcessBuilder process = tree.process(jdk, "policies");
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "exec \"$@\" <&-", "sh"));
    command.addAll(process.command());
    process.command(command);
    assertThat(Ended.of(process.start()).succeeds()).isEqualTo("open\n");
  }

  @Test
  void anArchive_isMadeOnce_andUsed() throws Exception {
    tree.java(
        jdk,
        "for a in \"$@\"; do echo \"[$a]\"; case $a in"
            + " -XX:AOTCacheOutput=*) echo made >> '"
            + folder
            + "/made'; echo x > \"${a#*=}\" ;; esac; done");
    String first = started(Map.of(), "policies");
    String second = started(Map.of(), "policies");
    assertThat(folder.resolve("made")).content().hasLineCount(1);
    assertThat(first)
        .isEqualTo(second)
        .contains("[-XX:AOTCache=" + tree.root())
        .doesNotContain("Output");

    assertThat(started(Map.of("DIPPER_JAVA_OPTS", "-Xshare:off"), "policies"))
        .doesNotContain("AOTCache");
  }

  @Test
  void anArchiveThatCannotBeMade_isTriedOnce_andDoneWithout() throws Exception {
    tree.java(
        jdk,
        "case \"$*\" in *AOTCacheOutput*) echo tried >> '"
            + folder
            + "/tried'; exit 1 ;; esac; echo \"runs $*\"");
    for (int i = 0; i < 2; i++) {
      assertThat(started(Map.of(), "policies")).startsWith("runs ").doesNotContain("AOTCache");
    }
    assertThat(folder.resolve("tried")).content().hasLineCount(1);
  }

  @Test
  void aSmallTrace_isNotCompiledForLong() throws Exception {
    String once = "[-XX:TieredStopAtLevel=1]";
    Path small = Files.write(folder.resolve("small t.arrow"), new byte[1000]);
    Path large = folder.resolve("large.arrow");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(64 << 20);
    }
    assertThat(started(Map.of(), "--version")).contains(once);
    assertThat(started(Map.of(), "simulate", "--trace", small.toString())).contains(once);
    assertThat(started(Map.of(), "simulate", "--trace=" + small)).contains(once);
    assertThat(started(Map.of(), "simulate", "--trace", large.toString())).doesNotContain(once);
    assertThat(started(Map.of(), "simulate", "--sensitivity", "--trace", small.toString()))
        .doesNotContain(once);
    assertThat(started(Map.of(), "sweep", "s.yaml")).doesNotContain(once);
  }

  @Test
  void aFolderThatIsGone_isOneLine() throws Exception {
    String script =
        "mkdir gone && cd gone && rm -r ../gone && exec '" + tree.root() + "/dipper' policies";
    ProcessBuilder process = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true);
    Ended result = Ended.of(process.directory(folder.toFile()).start());
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.output().lines())
        .last()
        .isEqualTo("dipper: the current folder does not exist any more; change to another");
  }
}
