package io.dipper.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The outputs that this process has begun and not finished, so that an interrupt can end them. */
public final class OpenOutputs {
  private static final Set<OutputFile> OPEN = new LinkedHashSet<>();

  private OpenOutputs() {}

  static void add(OutputFile output) {
    synchronized (OPEN) {
      OPEN.add(output);
    }
  }

  static void remove(OutputFile output) {
    synchronized (OPEN) {
      OPEN.remove(output);
    }
  }

  /**
   * Removes what was written of all of them.
   *
   * @return the recordings among them, as the user named them: what was lost
   */
  public static List<Path> discard() {
    List<OutputFile> open;
    synchronized (OPEN) {
      open = new ArrayList<>(OPEN);
    }
    List<Path> lost = new ArrayList<>();
    for (OutputFile output : open) {
      if (output.abandon() && output.isRecording()) {
        lost.add(output.path());
      }
    }
    return lost;
  }
}
