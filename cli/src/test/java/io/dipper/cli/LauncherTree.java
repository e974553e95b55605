package io.dipper.cli;

import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A copy of the tree that holds nothing but the launcher script, with JDKs and a Maven that only
 * say how they were called.
 */
record LauncherTree(Path folder) {
  /** All that the script needs, so that the machine's own Maven is out of its sight. */
  private static final List<String> TOOLS =
      List.of(
          "sh",
          "cat",
          "dirname",
          "find",
          "head",
          "ln",
          "locale",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sed",
          "sleep",
          "tail",
          "touch");

  static LauncherTree in(Path folder) throws IOException {
    LauncherTree tree = new LauncherTree(folder);
    Files.createDirectories(tree.tools());
    Files.createDirectories(tree.home());
    Files.createDirectories(tree.root().resolve("cli/target"));
    Files.copy(SharedData.root().resolve("dipper"), tree.root().resolve("dipper"));
    makeExecutable(tree.root().resolve("dipper"));
    for (String tool : TOOLS) {
      for (String bin : System.getenv("PATH").split(":", -1)) {
        Path file = Path.of(bin, tool);
        if (Files.isExecutable(file) && Files.notExists(tree.tools().resolve(tool))) {
          script(tree.tools().resolve(tool), "exec " + file + " \"$@\"");
        }
      }
    }
    return tree;
  }

  Path root() {
    return folder.resolve("a tree");
  }

  Path tools() {
    return folder.resolve("tools");
  }

  Path home() {
    return folder.resolve("home");
  }

  Path jar() {
    return root().resolve("cli/target/dipper.jar");
  }

  /** A start of the launcher in an environment that holds nothing but what the test gives it. */
  ProcessBuilder process(@Nullable Path javaHome, String... words) {
    ProcessBuilder process = new ProcessBuilder(words).redirectErrorStream(true);
    process.command().add(0, root().resolve("dipper").toString());
    process.environment().clear();
    process.environment().put("HOME", home().toString());
    process.environment().put("PATH", tools().toString());
    if (javaHome != null) {
      process.environment().put("DIPPER_JAVA_HOME", javaHome.toString());
    }
    return process;
  }

  /** A JDK whose java says that it runs, and with what. */
  Path jdk(String version, int feature) throws IOException {
    Path jdk = home().resolve(".sdkman/candidates/java/" + version);
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    java(jdk, "echo jdk " + feature + " runs; for a in \"$@\"; do echo \"[$a]\"; done");
    script(jdk.resolve("bin/javac"), "exit 0");
    return jdk;
  }

  /** Gives a JDK another java. */
  void java(Path jdk, String body) throws IOException {
    script(jdk.resolve("bin/java"), body);
  }

  void maven(String body) throws IOException {
    script(tools().resolve("mvn"), body);
  }

  void built() throws IOException {
    Files.createFile(jar());
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    makeExecutable(file);
  }

  private static void makeExecutable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
