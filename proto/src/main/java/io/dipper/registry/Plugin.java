package io.dipper.registry;

import io.dipper.error.UserException;
import io.dipper.trace.FileDigests;
import io.dipper.trace.Sha256;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * One place that plugins are loaded from: a jar, or a folder whose jars see one another's classes,
 * and Dipper's.
 *
 * @param place as the user named it
 * @param sha256 of the jars' bytes
 */
record Plugin(Path place, ClassLoader loader, String sha256) {
  private static final String LACKS = "has no provider of masks or caches";

  /**
   * Opens a place.
   *
   * @throws UserException if it is not there, holds something else than jars, or no provider
   */
  static Plugin open(String text) {
    Path place = path(text);
    if (!Files.exists(place)) {
      throw UserException.in(place, "there is no such file or folder");
    }
    List<PluginJar> jars = Files.isDirectory(place) ? jarsIn(place) : List.of(new PluginJar(place));
    ClassLoader dipper = Plugin.class.getClassLoader();
    boolean provides = false;
    for (PluginJar jar : jars) {
      provides |= jar.provides(dipper);
    }
    if (!provides) {
      String among = Files.isDirectory(place) ? ", nor any of its jars: " : ": ";
      throw UserException.in(
          place,
          LACKS + among + "a jar names its own in META-INF/services, as docs/plugin-template does");
    }
    URL[] urls = jars.stream().map(PluginJar::url).toArray(URL[]::new);
    return new Plugin(
        place, new URLClassLoader(PluginFailure.LOADER + place, urls, dipper), digest(jars));
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new UserException(text + ": is not a path", e);
    }
  }

  private static List<PluginJar> jarsIn(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .sorted()
          .map(PluginJar::new)
          .toList();
    } catch (IOException e) {
      throw UserException.unreadable(folder, e);
    }
  }

  private static String digest(List<PluginJar> jars) {
    List<Path> files = jars.stream().map(PluginJar::file).toList();
    return FileDigests.current()
        .of(
            files,
            () -> {
              StringBuilder each = new StringBuilder();
              files.forEach(file -> each.append(Sha256.of(file)));
              byte[] bytes = each.toString().getBytes(StandardCharsets.US_ASCII);
              return Sha256.of(bytes);
            });
  }

  /**
   * What its providers of one kind give.
   *
   * @throws UserException if a provider cannot be loaded, or fails
   */
  <T> List<Declared<T>> entries(Class<? extends Provider<T>> service) {
    List<Declared<T>> entries = new ArrayList<>();
    try {
      for (Provider<T> provider : ServiceLoader.load(service, loader)) {
        if (provider.getClass().getClassLoader() == loader) {
          for (Declared<T> entry : provider.entries()) {
            entries.add(new Declared<>(entry.description(), entry.value(), sha256));
          }
        }
      }
    } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
      throw new UserException(place + ": " + PluginFailure.of(e), e);
    }
    return entries;
  }
}
