package io.dipper.files;

import io.dipper.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Where an output goes, all links followed: a link that is named as an output stays, and what it
 * points to is written.
 *
 * @param named as the user named it
 * @param real its folder's real path, and its name there
 * @param kind what is there now
 */
record OutputPlace(Path named, Path real, Kind kind) {
  private static final int LONGEST_CHAIN = 40;

  /** What may be at a place. */
  enum Kind {
    NOTHING,
    FILE,
    FOLDER,
    /** A pipe, a device, a socket. */
    SPECIAL
  }

  /**
   * Looks at a place that may not be fit to be written.
   *
   * @throws UserException if its folder does not exist or cannot be entered
   */
  static OutputPlace find(Path named) {
    try {
      if (Files.exists(named)) {
        Kind kind = kind(named);
        return new OutputPlace(named, kind == Kind.SPECIAL ? named : named.toRealPath(), kind);
      }
      return new OutputPlace(named, missing(named), Kind.NOTHING);
    } catch (IOException e) {
      throw CannotWrite.error(named, e);
    }
  }

  /**
   * A place that can be written.
   *
   * @throws UserException if it is a folder, is write-protected, or its folder does not exist
   */
  static OutputPlace of(Path named) {
    if (named.toString().equals("-")) {
      throw new UserException(
          "-: no output goes to standard output by that name; name a file (./- for one of this"
              + " name)");
    }
    if (named.toString().isEmpty()) {
      throw new UserException("the name of an output is empty; name a file");
    }
    OutputPlace place = find(named);
    if (place.kind == Kind.FOLDER) {
      throw UserException.in(named, "is a folder; name a file");
    }
    if (place.kind == Kind.FILE && !Files.isWritable(place.real)) {
      throw UserException.in(named, "is write-protected; name another file");
    }
    return place;
  }

  boolean isSpecial() {
    return kind == Kind.SPECIAL;
  }

  /** Whether a link leads out of the folder that it lies in. */
  boolean isElsewhere() {
    Path folder = named.toAbsolutePath().getParent();
    try {
      return folder != null && !folder.toRealPath().equals(real.getParent());
    } catch (IOException e) {
      throw CannotWrite.error(named, e);
    }
  }

  private static Kind kind(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      return Kind.FOLDER;
    }
    return attributes.isRegularFile() ? Kind.FILE : Kind.SPECIAL;
  }

  /** The place of a file that is not there yet, though perhaps a link to it is. */
  private static Path missing(Path named) throws IOException {
    Path at = named.toAbsolutePath();
    for (int i = 0; Files.isSymbolicLink(at); i++) {
      if (i == LONGEST_CHAIN) {
        throw UserException.in(named, "is a link in a circle; name another file");
      }
      at = at.resolveSibling(Files.readSymbolicLink(at));
    }
    Path folder = at.getParent();
    Path name = at.getFileName();
    if (folder == null || name == null) {
      throw UserException.in(named, "is no name of a file; name another");
    }
    Path real = folder.toRealPath();
    if (!Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)) {
      throw UserException.in(named, folder + " is not a folder; name another place");
    }
    return real.resolve(name);
  }
}
