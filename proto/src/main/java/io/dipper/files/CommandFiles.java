package io.dipper.files;

import io.dipper.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one command reads and what it writes, so that nothing that is read is written over. Files
 * are told apart by what they are, whatever their names: links, hard links, {@code ./} and other
 * spellings are seen through.
 *
 * <pre>{@code
 * new CommandFiles().reads("--model", model).reads("--text", text).writes("-o", output).check();
 * }</pre>
 */
public final class CommandFiles {
  private static final Path STANDARD_INPUT = Path.of("/dev/stdin");
  private static final Path STANDARD_OUTPUT = Path.of("/dev/stdout");

  /** A file and what the command line calls it. */
  private record Role(String option, Path path) {
    String text() {
      return option.isEmpty() ? path.toString() : option + " " + path;
    }
  }

  private final List<Role> inputs = new ArrayList<>();
  private final List<Role> outputs = new ArrayList<>();
  private final List<Role> folders = new ArrayList<>();

  /**
   * Adds an input.
   *
   * @param option that names it, such as {@code --model}
   * @param path a file, a folder, {@code -} for standard input, or null for none
   */
  public CommandFiles reads(String option, @Nullable Path path) {
    if (path != null) {
      inputs.add(new Role(option, path.toString().equals("-") ? STANDARD_INPUT : path));
    }
    return this;
  }

  /** Adds inputs that one option stands for, such as the parts of a model. */
  public CommandFiles readsAll(String option, List<Path> paths) {
    paths.forEach(path -> reads(option, path));
    return this;
  }

  /**
   * Adds an output.
   *
   * @param path a file, or null for none
   */
  public CommandFiles writes(String option, @Nullable Path path) {
    if (path != null) {
      outputs.add(new Role(option, path));
    }
    return this;
  }

  /** Adds a folder that is the command's own: no input may lie in it. */
  public CommandFiles owns(Path folder) {
    folders.add(new Role("", folder));
    return this;
  }

  /**
   * Refuses an output that is an input, or another output.
   *
   * @throws UserException that names the two, before anything is written
   */
  public void check() {
    List<Role> written = new ArrayList<>(outputs);
    if (isFile(STANDARD_OUTPUT)) {
      written.add(new Role("standard output", STANDARD_OUTPUT));
    }
    for (int o = 0; o < written.size(); o++) {
      Role output = written.get(o);
      List<Path> places = places(output.path());
      for (Role input : inputs) {
        if (places.stream().anyMatch(place -> isIn(place, input.path()))) {
          throw destroyed(output, input);
        }
      }
      for (Role other : written.subList(0, o)) {
        if (places(other.path()).stream().anyMatch(place -> isSame(place, output.path()))) {
          throw UserException.in(
              output.path(), "would be written twice, by " + both(other, output));
        }
      }
    }
    checkFolders();
  }

  private void checkFolders() {
    for (Role folder : folders) {
      for (Role input : inputs) {
        if (isIn(input.path(), folder.path())) {
          throw UserException.in(
              input.path(),
              "is read ("
                  + input.option()
                  + "), and lies in "
                  + folder.path()
                  + ", which is written; move it");
        }
      }
    }
  }

  private static UserException destroyed(Role output, Role input) {
    return UserException.in(
        output.path(),
        "is read ("
            + input.text()
            + ") and would be written over"
            + (output.option().isEmpty() ? "" : " (" + output.option() + ")")
            + "; name another output");
  }

  private static String both(Role one, Role other) {
    return one.option() + " and " + other.option() + "; name two files";
  }

  /** The file itself, and those that its bytes pass through. */
  private static List<Path> places(Path output) {
    try {
      OutputPlace place = OutputPlace.find(output);
      return place.isSpecial()
          ? List.of(output)
          : List.of(output, Partial.ofRecording(place.real()), Partial.ofResult(place.real()));
    } catch (UserException e) {
      return List.of(output); // its folder is not there, so no input is
    }
  }

  /** Whether a file is another, or lies in it where that is a folder. */
  private static boolean isIn(Path file, Path other) {
    if (isSame(file, other)) {
      return true;
    }
    if (!Files.isDirectory(other)) {
      return false;
    }
    try {
      Path folder = other.toRealPath();
      return OutputPlace.find(file).real().startsWith(folder);
    } catch (IOException | UserException e) {
      return false; // what cannot be reached is for the reader or the writer to say
    }
  }

  private static boolean isSame(Path one, Path other) {
    try {
      if (Files.exists(one) && Files.exists(other)) {
        return !isDevice(one) && Files.isSameFile(one, other);
      }
      return OutputPlace.find(one).real().equals(OutputPlace.find(other).real());
    } catch (IOException | UserException e) {
      return false;
    }
  }

  /** A terminal or /dev/null is many files at once; a pipe is one. */
  private static boolean isDevice(Path path) {
    Path real = path.toAbsolutePath().normalize();
    return real.equals(Path.of("/dev/null")) || real.equals(Path.of("/dev/tty"));
  }

  private static boolean isFile(Path path) {
    return Files.isRegularFile(path);
  }
}
