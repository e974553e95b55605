package io.dipper.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Test data: what is in the tree, and what is too large or not ours to be in it. */
public final class SharedData {
  private SharedData() {}

  /** A file under {@code testdata/} of the repository; it is always there. */
  public static Path testdata(String relative) {
    return root().resolve("testdata").resolve(relative);
  }

  /** A file of the embedded model, under {@code models/} of the repository; it is always there. */
  public static Path model(String relative) {
    return root().resolve("models").resolve(relative);
  }

  /**
   * A file of the shared data that is not in the repository (a real model, WikiText): in the folder
   * that the environment variable DIPPER_SHARED names, else in {@code ../shared}. Skips the calling
   * test where it is absent.
   */
  public static Path external(String relative) {
    String folder = System.getenv("DIPPER_SHARED");
    Path base = folder == null ? root().resolve("../shared") : Path.of(folder);
    Path file = base.resolve(relative).normalize();
    if (!Files.exists(file)) {
      String reason = "skipped: needs " + relative + " of the shared data (DIPPER_SHARED)";
      // Surefire shows no reason of a skipped test; its output it does show.
      System.out.println(reason);
      Assumptions.abort(reason);
    }
    return file;
  }

  /** The repository's root. */
  public static Path root() {
    String root = System.getProperty("dipper.root");
    return root == null ? Path.of("").toAbsolutePath() : Path.of(root);
  }
}
