package io.dipper.registry;

import io.dipper.error.UserException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why code of a plugin failed, in words for whoever wrote it. */
public final class PluginFailure {
  /** What the names of plugins' class loaders begin with; the place of the plugin follows. */
  static final String LOADER = "plugin ";

  private static final Pattern CLASS_FILE = Pattern.compile("(\\S+) .*class file version (\\d+)");

  /** The class file version of Java n is n more. */
  private static final int BEFORE_JAVA_1 = 44;

  private PluginFailure() {}

  /**
   * Whose code failed, where it was a plugin's, and why: {@code DIPPER_PLUGINS: my-plugin.jar:
   * org.example.Mine: its code fails with ...}.
   *
   * @return nothing where no code of a plugin was running
   */
  public static Optional<String> in(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .flatMap(each -> Arrays.stream(each.getStackTrace()))
        .filter(PluginFailure::isOfPlugin)
        .findFirst()
        .map(frame -> place(frame) + frame.getClassName() + ": " + of(failure));
  }

  private static String place(StackTraceElement frame) {
    String loader = String.valueOf(frame.getClassLoaderName());
    return Plugins.VARIABLE + ": " + loader.substring(LOADER.length()) + ": ";
  }

  private static boolean isOfPlugin(StackTraceElement frame) {
    String loader = frame.getClassLoaderName();
    return loader != null && loader.startsWith(LOADER);
  }

  /** The reason, one phrase. */
  public static String of(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof UnsupportedClassVersionError newer) {
        return newer(String.valueOf(newer.getMessage()));
      }
      if (at instanceof NoClassDefFoundError || at instanceof ClassNotFoundException) {
        return "needs the class " + dotted(at.getMessage()) + ", which is not there";
      }
      if (at instanceof LinkageError && at.getCause() == null) {
        return "does not fit this version of Dipper (" + at.getMessage() + "); build it again";
      }
    }
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    if (root instanceof ServiceConfigurationError && message != null) {
      return "its services are wrong: " + message.substring(message.indexOf(": ") + 2);
    }
    if (root instanceof UserException && message != null) {
      return message;
    }
    String what = root.getClass().getSimpleName();
    return "its code fails with " + what + (message == null ? "" : " (" + message + ")");
  }

  /**
   * Runs what an entry gives.
   *
   * @param kind of thing, for messages
   * @throws UserException if it is a plugin's, and fails
   */
  public static <R> R guard(Declared<?> entry, String kind, Supplier<R> work) {
    if (entry.plugin().isEmpty()) {
      return work.get();
    }
    try {
      return work.get();
    } catch (UserException e) {
      throw e;
    } catch (LinkageError | RuntimeException e) {
      String whose = Plugins.VARIABLE + ": " + kind + " " + entry.name() + ": ";
      throw new UserException(in(e).orElseGet(() -> whose + of(e)), e);
    }
  }

  private static String newer(String message) {
    Matcher found = CLASS_FILE.matcher(message);
    if (!found.find()) {
      return "is compiled for a later version of Java than this one";
    }
    int java = Integer.parseInt(found.group(2)) - BEFORE_JAVA_1;
    int here = Runtime.version().feature();
    return "%s is compiled for Java %d, and this is Java %d; compile with --release 17"
        .formatted(dotted(found.group(1)), java, here);
  }

  private static String dotted(@Nullable String name) {
    return String.valueOf(name).replace('/', '.');
  }
}
