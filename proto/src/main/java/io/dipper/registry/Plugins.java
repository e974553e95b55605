package io.dipper.registry;

import io.dipper.error.UserException;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The plugins of this process: the jars and folders of jars that the environment variable {@value
 * #VARIABLE} lists as a class path is listed.
 */
public final class Plugins {
  /** The environment variable. */
  public static final String VARIABLE = "DIPPER_PLUGINS";

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]*");

  private static @Nullable Plugins current;

  private final List<Plugin> plugins;

  private Plugins(List<Plugin> plugins) {
    this.plugins = plugins;
  }

  /**
   * The plugins that the environment lists; opened once.
   *
   * @throws UserException if one of them cannot be opened
   */
  public static synchronized Plugins current() {
    if (current == null) {
      current = of(System.getenv(VARIABLE));
    }
    return current;
  }

  /** The plugins of a list of places; none where it is null or empty. */
  static Plugins of(@Nullable String places) {
    if (places == null) {
      return new Plugins(List.of());
    }
    try {
      return new Plugins(
          Arrays.stream(places.split(Pattern.quote(File.pathSeparator)))
              .filter(place -> !place.isBlank())
              .map(Plugin::open)
              .toList());
    } catch (UserException e) {
      throw error(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Entries, and after them those of the plugins.
   *
   * @param kind of thing, for messages
   * @param service what plugins implement to bring such things
   * @throws UserException if a provider fails, or a name is taken or cannot be written
   */
  public <T> List<Declared<T>> extend(
      String kind, List<Declared<T>> own, Class<? extends Provider<T>> service) {
    List<Declared<T>> all = new ArrayList<>(own);
    Set<String> names = new HashSet<>(own.stream().map(Declared::name).toList());
    for (Plugin plugin : plugins) {
      for (Declared<T> entry : entries(plugin, service)) {
        String named = plugin.place() + ": " + kind + " '" + entry.name() + "'";
        if (!NAME.matcher(entry.name()).matches()) {
          throw error(named + ": a name is of small letters, digits, - and _", null);
        }
        if (!names.add(entry.name())) {
          throw error(named + " exists already; give it another name", null);
        }
        all.add(entry);
      }
    }
    return all;
  }

  private static <T> List<Declared<T>> entries(
      Plugin plugin, Class<? extends Provider<T>> service) {
    try {
      return plugin.entries(service);
    } catch (UserException e) {
      throw error(String.valueOf(e.getMessage()), e);
    }
  }

  private static UserException error(String what, @Nullable Throwable cause) {
    String line = VARIABLE + ": " + what;
    return cause == null ? new UserException(line) : new UserException(line, cause);
  }
}
