package io.dipper.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.testing.SourceJar;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jars compiled here, as plugins: what they bring, and what is said of those that bring nothing.
 */
class PluginsTest {
  private static final String SERVICE = "META-INF/services/io.dipper.registry.NameProvider";
  private static final String PROVIDER =
      """
      package theirs;

      import io.dipper.registry.*;
      import java.util.List;

      public class Names implements NameProvider {
        %s
        public List<Declared<String>> entries() {
          %s
        }
      }
      """;

  private static final String ONE =
      "return List.of(Description.of(\"%s\", \"\", \"-\").by(\"theirs\"));";

  private static final String GONE =
      "package theirs; class Gone { static String name() { return \"gone\"; } }";

  private static final String USES_GONE =
      PROVIDER.formatted(
          "", "return List.of(Description.of(Gone.name(), \"\", \"-\").by(\"theirs\"));");

  private static final List<Declared<String>> OWN =
      List.of(Description.of("own", "", "-").by("ours"));

  @TempDir private Path folder;
  private SourceJar classes = new SourceJar(Path.of(""));

  @BeforeEach
  void makeFolder() {
    classes = new SourceJar(folder.resolve("classes"));
  }

  @Test
  void entries_followOurs_andCarryTheDigestOfTheirPlugin() throws IOException {
    Path jar = named("theirs");
    List<Declared<String>> all = extend(jar.toString());
    assertThat(all).extracting(Declared::value).containsExactly("ours", "theirs");
    assertThat(all.get(0).plugin()).isEmpty();
    assertThat(all.get(1).plugin()).matches("[0-9a-f]{64}");
  }

  @Test
  void aFolder_mayHoldTheLibrariesOfAPlugin() throws IOException {
    Path plugin = Files.createDirectory(folder.resolve("plugin"));
    Path sources = source("theirs/Gone.java", GONE);
    Files.writeString(sources.resolve("theirs/Names.java"), USES_GONE);
    classes.compile(sources).with(SERVICE, "theirs.Names");
    Path library = folder.resolve("library/theirs/Gone.class");
    Files.createDirectories(library.getParent());
    Files.move(folder.resolve("classes/theirs/Gone.class"), library);
    new SourceJar(folder.resolve("library")).write(plugin.resolve("a-library.jar"));
    classes.write(plugin.resolve("b-plugin.jar"));
    assertThat(extend(plugin.toString())).extracting(Declared::name).contains("gone");
  }

  @Test
  void places_areListedAsAClassPathIs() throws IOException {
    Path first = named("first");
    Path second = named("second");
    assertThat(extend(first + File.pathSeparator + second))
        .extracting(Declared::name)
        .containsExactly("own", "first", "second");
    assertThat(extend(null)).isEqualTo(OWN);
    assertThat(extend("")).isEqualTo(OWN);
  }

  @Test
  void aNameThatExists_isRefused() throws IOException {
    refused(named("own"), "name 'own' exists already; give it another name");
  }

  @Test
  void twoPluginsOfOneName_areRefused() throws IOException {
    Path first = named("same");
    Path copy = Files.copy(first, folder.resolve("copy.jar"));
    assertThatThrownBy(() -> extend(first + File.pathSeparator + copy))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("copy.jar: name 'same' exists already");
  }

  @Test
  void aNameThatNobodyCouldWrite_isRefused() throws IOException {
    refused(named("Mine:a=b"), "a name is of small letters, digits, - and _");
  }

  @Test
  void whatIsNotThere_isSaid() {
    refused(folder.resolve("no.jar"), "no.jar: there is no such file or folder");
  }

  @Test
  void whatIsNoJar_isSaid() throws IOException {
    refused(Files.writeString(folder.resolve("text.jar"), "no jar"), "text.jar: is not a jar");
    refused(Files.writeString(folder.resolve("empty.jar"), ""), "empty.jar: is not a jar");
  }

  @Test
  void aJarWithoutAProvider_isSaid() throws IOException {
    Path jar = classes.with("readme.txt", "").write(folder.resolve("bare.jar"));
    refused(jar, "bare.jar: has no provider of masks or caches");
    refused(Files.createDirectory(folder.resolve("none")), "has no provider of masks or caches");
  }

  @Test
  void aServiceOfAnUnknownKind_isSaid() throws IOException {
    classes.with("META-INF/services/io.dipper.registry.NameProvder", "theirs.Names");
    refused(classes.write(folder.resolve("x.jar")), "is of no kind that Dipper knows");
  }

  @Test
  void aProviderThatIsNotInTheJar_isSaid() throws IOException {
    classes.with(SERVICE, "theirs.Missing");
    refused(classes.write(folder.resolve("x.jar")), "theirs.Missing");
  }

  @Test
  void aClassThatIsMissing_isNamed() throws IOException {
    Path sources = source("theirs/Gone.java", GONE);
    Files.writeString(sources.resolve("theirs/Names.java"), USES_GONE);
    classes.compile(sources).with(SERVICE, "theirs.Names");
    Files.delete(folder.resolve("classes/theirs/Gone.class"));
    refused(
        classes.write(folder.resolve("x.jar")),
        "x.jar: needs the class theirs.Gone, which is not there");
  }

  @Test
  void anExceptionOfItsCode_isSaid() throws IOException {
    classes.compile(
        source(
            "theirs/Names.java",
            PROVIDER.formatted("", "throw new IllegalStateException(\"no licence\");")));
    classes.with(SERVICE, "theirs.Names");
    refused(
        classes.write(folder.resolve("x.jar")),
        "x.jar: its code fails with IllegalStateException (no licence)");
  }

  @Test
  void aClassOfALaterJava_isSaid() throws IOException {
    Path jar = named("later");
    Path file = folder.resolve("classes/theirs/Names.class");
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes).putShort(6, (short) (44 + 99));
    Files.write(file, bytes);
    classes.write(jar);
    refused(jar, "theirs.Names is compiled for Java 99, and this is Java");
  }

  private Path named(String name) throws IOException {
    classes.compile(source("theirs/Names.java", PROVIDER.formatted("", ONE.formatted(name))));
    String file = name.replaceAll("\\W", "") + ".jar";
    return classes.with(SERVICE, "theirs.Names").write(folder.resolve(file));
  }

  private Path source(String name, String text) throws IOException {
    Path root = Files.createTempDirectory(folder, "source");
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return root;
  }

  private static List<Declared<String>> extend(@Nullable String places) {
    return Plugins.of(places).extend("name", OWN, NameProvider.class);
  }

  private static void refused(Path place, String what) {
    assertThatThrownBy(() -> extend(place.toString()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("DIPPER_PLUGINS: " + place)
        .hasMessageContaining(what);
  }
}
