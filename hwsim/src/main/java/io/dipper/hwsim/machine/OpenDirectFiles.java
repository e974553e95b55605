package io.dipper.hwsim.machine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The direct files that this process has made and not closed: removed when it is interrupted. */
final class OpenDirectFiles {
  private static final Set<DirectFile> OPEN = new LinkedHashSet<>();

  private OpenDirectFiles() {}

  /** One hook for all, made when the first of them is. */
  private static final class Hook {
    static final Thread THREAD = new Thread(OpenDirectFiles::abandon, "direct files");

    static {
      Runtime.getRuntime().addShutdownHook(THREAD);
    }
  }

  static void add(DirectFile file) {
    synchronized (OPEN) {
      if (Hook.THREAD.isAlive()) {
        throw new IllegalStateException("the process ends");
      }
      OPEN.add(file);
    }
  }

  static void remove(DirectFile file) {
    synchronized (OPEN) {
      OPEN.remove(file);
    }
  }

  private static void abandon() {
    List<DirectFile> open;
    synchronized (OPEN) {
      open = new ArrayList<>(OPEN);
    }
    open.forEach(DirectFile::abandon);
  }
}
