package io.dipper.registry;

import io.dipper.error.UserException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipException;

/** A jar of a plugin, which may be a library of another one. */
record PluginJar(Path file) {
  private static final String SERVICES = "META-INF/services/";
  private static final String OURS = "io.dipper.";

  URL url() {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException("a file has a URL", e);
    }
  }

  /**
   * Whether it names a provider of a kind that Dipper knows.
   *
   * @throws UserException if it is no jar, or names one of a kind that Dipper does not know
   */
  boolean provides(ClassLoader dipper) {
    List<String> services = services();
    for (String service : services) {
      if (!isService(service, dipper)) {
        throw UserException.in(
            file,
            SERVICES
                + service
                + " is of no kind that Dipper knows; its name must be that of the interface, e.g."
                + " io.dipper.hwsim.replay.mask.PolicyProvider");
      }
    }
    return !services.isEmpty();
  }

  private static boolean isService(String name, ClassLoader dipper) {
    try {
      Class<?> type = Class.forName(name, false, dipper);
      return type.isInterface() && Provider.class.isAssignableFrom(type);
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  /** The services of ours that it lists. */
  private List<String> services() {
    if (!Files.isRegularFile(file)) {
      throw UserException.in(file, "is neither a jar nor a folder of jars");
    }
    try (JarFile jar = new JarFile(file.toFile(), false)) {
      return jar.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith(SERVICES + OURS))
          .map(name -> name.substring(SERVICES.length()))
          .toList();
    } catch (ZipException e) {
      throw new UserException(file + ": is not a jar", e);
    } catch (IOException e) {
      throw UserException.unreadable(file, e);
    }
  }
}
