package io.dipper.spark;

import io.dipper.testing.SharedData;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Spark's own master and workers as processes on the loopback, laid out like an installation that
 * knows nothing of Dipper: its jars are Spark and what Spark needs.
 */
final class StandaloneCluster implements AutoCloseable {
  private final Path home;
  private final String url;
  private final List<Process> processes = new ArrayList<>();

  private StandaloneCluster(Path home, int port) {
    this.home = home;
    this.url = "spark://127.0.0.1:" + port;
  }

  static StandaloneCluster start(Path home) throws Exception {
    Path jars = Files.createDirectories(home.resolve("jars"));
    Path target = SharedData.root().resolve("spark/target");
    for (Path from : List.of(target.resolve("spark"), target.resolve("lib"))) {
      try (Stream<Path> files = Files.list(from)) {
        for (Path jar : files.filter(file -> !isDippers(file)).toList()) {
          Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
        }
      }
    }
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    StandaloneCluster cluster = new StandaloneCluster(home, port);
    cluster.launch(
        "master",
        "org.apache.spark.deploy.master.Master",
        List.of("--host", "127.0.0.1", "--port", port, "--webui-port", "0"));
    cluster.awaitMaster(port);
    return cluster;
  }

  private static boolean isDippers(Path jar) {
    return ("" + jar.getFileName()).startsWith("dipper-");
  }

  String url() {
    return url;
  }

  /** A worker of one core. */
  Process addWorker(String name) throws IOException {
    return launch(
        name,
        "org.apache.spark.deploy.worker.Worker",
        List.of(
            "--host",
            "127.0.0.1",
            "--webui-port",
            "0",
            "--cores",
            "1",
            "--memory",
            "600m",
            "--work-dir",
            home.resolve(name),
            url));
  }

  /** Whether a worker has started an executor. */
  boolean hasExecutor(String worker) throws IOException {
    Path folder = home.resolve(worker);
    if (!Files.exists(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(folder, 3)) {
      return files.anyMatch(file -> file.endsWith("stderr"));
    }
  }

  /** A JVM with the flags that Spark needs. */
  static ProcessBuilder java(String classPath, List<Object> words, List<Object> more) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    for (String piece :
        List.of(
            "lang", "lang.invoke", "lang.reflect", "io", "net", "nio", "util", "util.concurrent")) {
      command.add("--add-opens=java.base/java." + piece + "=ALL-UNNAMED");
    }
    for (String piece : List.of("nio.ch", "nio.cs", "security.action", "util.calendar")) {
      command.add("--add-opens=java.base/sun." + piece + "=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", classPath));
    words.forEach(word -> command.add("" + word));
    more.forEach(word -> command.add("" + word));
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    return process;
  }

  private Process launch(String name, String main, List<Object> arguments) throws IOException {
    ProcessBuilder process = java(home.resolve("jars") + "/*", List.of(main), arguments);
    process.environment().put("SPARK_HOME", home.toString());
    process.environment().put("SPARK_SCALA_VERSION", "2.13");
    process.redirectErrorStream(true).redirectOutput(home.resolve(name + ".log").toFile());
    Process started = process.start();
    processes.add(started);
    return started;
  }

  private void awaitMaster(int port) throws Exception {
    Process master = processes.get(0);
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        if (!master.isAlive()) {
          throw new AssertionError(Files.readString(home.resolve("master.log")), e);
        }
        Thread.sleep(50);
      }
    }
  }

  @Override
  public void close() throws Exception {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    try (Stream<Path> links = Files.list(home.resolve("jars"))) {
      for (Path link : links.toList()) {
        Files.delete(link);
      }
    }
  }
}
