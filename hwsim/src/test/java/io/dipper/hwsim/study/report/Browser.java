package io.dipper.hwsim.study.report;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Chromium without a window: the one that the environment variable DIPPER_BROWSER names,
 * else the first on the PATH.
 */
final class Browser {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private final String program;

  private Browser(String program) {
    this.program = program;
  }

  /** The browser; skips the calling test where there is none. */
  static Browser orSkip() {
    Optional<String> program =
        Optional.ofNullable(System.getenv("DIPPER_BROWSER")).or(Browser::onPath);
    Assumptions.assumeTrue(
        program.isPresent(), "skipped: needs Chromium on the PATH or in DIPPER_BROWSER");
    return new Browser(program.orElseThrow());
  }

  /**
   * What became of a page.
   *
   * @param dom the document after its scripts have run
   * @param console what they wrote to the console, errors included
   */
  record Page(String dom, List<String> console) {}

  /** Opens a file, without a network, and waits until its scripts are done. */
  Page open(Path file, Path emptyFolder) throws IOException, InterruptedException {
    Path log = emptyFolder.resolve("browser.log");
    List<String> command =
        new ArrayList<>(
            List.of(
                program,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--user-data-dir=" + emptyFolder.resolve("profile"),
                "--window-size=1400,1000",
                "--enable-logging=stderr",
                "--virtual-time-budget=20000",
                "--dump-dom",
                file.toUri().toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectError(log.toFile())
            .redirectOutput(ProcessBuilder.Redirect.PIPE)
            .start();
    String dom = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
      return new Page(dom, lines.filter(line -> line.contains("CONSOLE")).toList());
    }
  }

  private static Optional<String> onPath() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> new File(folder, name)))
        .filter(File::canExecute)
        .map(File::getPath)
        .findFirst();
  }
}
