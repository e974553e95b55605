package io.dipper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** How sources are written, of what neither the formatter nor the compiler's checks look at. */
class SourcesTest {
  private static final int MOST_LINES = 300;
  private static final int MOST_ARGUMENTS = 7;

  /** Calls of the platform that take any number of arguments. */
  private static final Pattern VARIADIC =
      Pattern.compile(
          "(List|Set|Map|Stream)\\.(of|ofEntries)|String\\.format|.*\\.(printf|formatted)");

  private static final Pattern THE_SAME = Pattern.compile("/\\*\\*[\\s*]*The same\\b");

  @Test
  void noFile_hasMoreThan300Lines() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : sources("main", "vector", "test")) {
      long lines = text(file).lines().count();
      if (lines > MOST_LINES) {
        found.add(file + " has " + lines + " lines");
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void noJavadoc_beginsWithTheSame() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : sources("main", "vector")) {
      Matcher matcher = THE_SAME.matcher(text(file));
      while (matcher.find()) {
        found.add(file + ":" + text(file).substring(0, matcher.start()).lines().count());
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void noCall_hasMoreThanSevenArguments() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  message -> {},
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources("main", "vector")));
      List<CompilationUnitTree> units = new ArrayList<>();
      task.parse().forEach(units::add);
      Calls calls = new Calls(Trees.instance(task).getSourcePositions(), variadic(units));
      units.forEach(unit -> calls.scan(unit, unit));
      assertThat(units).hasSizeGreaterThan(500);
      assertThat(calls.wide).isEmpty();
    }
  }

  /** The names of our own methods, and of classes with constructors, that take any number. */
  private static Set<String> variadic(List<CompilationUnitTree> units) {
    Set<String> names = new HashSet<>();
    TreeScanner<Void, String> scanner =
        new TreeScanner<>() {
          @Override
          public Void visitClass(ClassTree type, String outer) {
            return super.visitClass(type, type.getSimpleName().toString());
          }

          @Override
          public Void visitMethod(MethodTree method, String owner) {
            boolean any =
                method.getParameters().stream().anyMatch(p -> p.toString().contains("..."));
            if (any) {
              names.add(method.getReturnType() == null ? owner : method.getName().toString());
            }
            return super.visitMethod(method, owner);
          }
        };
    units.forEach(unit -> scanner.scan(unit, ""));
    return names;
  }

  /** Finds the calls with too many arguments. */
  private static final class Calls extends TreeScanner<Void, CompilationUnitTree> {
    private final List<String> wide = new ArrayList<>();
    private final SourcePositions positions;
    private final Set<String> variadic;

    Calls(SourcePositions positions, Set<String> variadic) {
      this.positions = positions;
      this.variadic = variadic;
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, CompilationUnitTree unit) {
      check(call, call.getMethodSelect().toString(), call.getArguments(), unit);
      return super.visitMethodInvocation(call, unit);
    }

    @Override
    public Void visitNewClass(NewClassTree call, CompilationUnitTree unit) {
      check(call, call.getIdentifier().toString(), call.getArguments(), unit);
      return super.visitNewClass(call, unit);
    }

    private void check(
        Tree call, String name, List<? extends ExpressionTree> given, CompilationUnitTree unit) {
      String file = Path.of(unit.getSourceFile().toUri()).getFileName().toString();
      if (given.size() <= MOST_ARGUMENTS
          || name.startsWith("openblas.") // BLAS as it is
          || VARIADIC.matcher(name).matches()
          || variadic.contains(name.substring(name.lastIndexOf('.') + 1))) {
        return;
      }
      long line = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, call));
      wide.add(file + ":" + line + " gives " + name + " " + given.size() + " arguments");
    }
  }

  @Test
  void everyService_isAnInterfaceOfOurs() throws IOException {
    List<Path> services = new ArrayList<>();
    for (String place : List.of("spark", "docs/plugin-template")) {
      Path folder =
          SharedData.root().resolve(place).resolve("src/main/resources/META-INF/services");
      try (Stream<Path> files = Files.list(folder)) {
        files.forEach(services::add);
      }
    }
    assertThat(services)
        .hasSize(3)
        .allSatisfy(
            file ->
                assertThat(Class.forName(file.getFileName().toString()).isInterface()).isTrue());
  }

  private static List<Path> sources(String... sets) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> modules = Files.list(SharedData.root())) {
      for (Path module : modules.sorted().toList()) {
        for (String set : sets) {
          Path folder = module.resolve("src").resolve(set).resolve("java");
          if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
              files.filter(file -> file.toString().endsWith(".java")).forEach(found::add);
            }
          }
        }
      }
    }
    return found;
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file);
  }
}
