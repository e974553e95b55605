package io.dipper.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A jar made of sources and other files, as a build makes it.
 *
 * @param classes the folder that the jar's content lies in
 */
public record SourceJar(Path classes) {
  /** Compiles every source under a folder against the classes of this test run. */
  public SourceJar compile(Path sources, String... options) throws IOException {
    Files.createDirectories(classes);
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(List.of("-proc:none", "-d", classes.toString(), "-cp", classPath()));
    files(sources).stream()
        .filter(file -> file.toString().endsWith(".java"))
        .forEach(file -> arguments.add(file.toString()));
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    if (failed != 0) {
      throw new AssertionError("these sources do not compile: " + sources);
    }
    return this;
  }

  private String classPath() {
    return classes + System.getProperty("path.separator") + System.getProperty("java.class.path");
  }

  /** Puts a text file in. */
  public SourceJar with(String name, String text) throws IOException {
    Path file = classes.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  /** Puts every file under a folder in. */
  public SourceJar withAll(Path folder) throws IOException {
    for (Path file : files(folder)) {
      with(folder.relativize(file).toString(), Files.readString(file));
    }
    return this;
  }

  /** Writes the jar. */
  public Path write(Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      for (Path file : files(classes)) {
        entries.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, entries);
        entries.closeEntry();
      }
    }
    return jar;
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
