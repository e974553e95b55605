package io.dipper.hwsim.study.setting;

import java.nio.file.Path;
import java.util.Objects;

/** Paths as files name each other: relative to the folder of the file that names them. */
public final class RelativePath {
  private RelativePath() {}

  /** A path from a folder, with slashes; absolute where they have no root in common. */
  public static String of(Path file, Path folder) {
    Path absolute = file.toAbsolutePath().normalize();
    Path from = folder.toAbsolutePath().normalize();
    boolean sameRoot = Objects.equals(absolute.getRoot(), from.getRoot());
    String text = (sameRoot ? from.relativize(absolute) : absolute).toString();
    String slashed = text.replace('\\', '/');
    return slashed.contains("/") ? slashed : "./" + slashed;
  }
}
