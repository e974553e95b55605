package io.dipper.files;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class CommandFilesTest {
  @TempDir Path folder;
  private Path model = Path.of("");

  @BeforeEach
  void writeModel() throws IOException {
    model = Files.writeString(folder.resolve("m.gguf"), "GGUF");
  }

  @Test
  void anOutputThatIsAnInput_isRefused_andBothAreNamed() {
    assertRefused(model)
        .hasMessage(
            model
                + ": is read (--model "
                + model
                + ") and would be written over (-o); name another output");
  }

  @Test
  void spellings_areSeenThrough() throws IOException {
    Files.createDirectory(folder.resolve("sub"));
    assertRefused(folder.resolve("./m.gguf"));
    assertRefused(folder.resolve("sub/../m.gguf"));
    assertRefused(Path.of("").toAbsolutePath().relativize(model.toAbsolutePath()));
  }

  @Test
  void links_areSeenThrough_fromEitherSide() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("m.gguf"));
    Path chain = Files.createSymbolicLink(folder.resolve("chain"), Path.of("link"));
    Path hard = Files.createLink(folder.resolve("hard"), model);
    assertRefused(link);
    assertRefused(chain);
    assertRefused(hard);
    assertThatThrownBy(new CommandFiles().reads("--text", chain).writes("-o", model)::check)
        .isInstanceOf(UserException.class);
    Path elsewhere = Files.createSymbolicLink(folder.resolve("elsewhere"), folder);
    assertRefused(elsewhere.resolve("m.gguf"));
  }

  @Test
  void filesOnTheWayToAnOutput_areOutputsToo() throws IOException {
    Path text = Files.writeString(folder.resolve("t.arrow.partial"), "a text");
    Path hidden = Files.writeString(folder.resolve(".t.arrow.partial"), "a text");
    for (Path input : new Path[] {text, hidden}) {
      assertThatThrownBy(
              new CommandFiles().reads("--text", input).writes("-o", folder.resolve("t.arrow"))
                  ::check)
          .hasMessageContaining("is read (--text " + input);
    }
  }

  @Test
  void anythingInAFolderThatIsRead_isNoOutput() throws IOException {
    Path home = Files.createDirectories(folder.resolve("hf"));
    Files.writeString(home.resolve("model.safetensors"), "weights");
    Path link = Files.createSymbolicLink(folder.resolve("hf-link"), Path.of("hf"));
    for (Path input : new Path[] {home, link}) {
      CommandFiles inside =
          new CommandFiles().reads("--model", input).writes("-o", link.resolve("new.arrow"));
      assertThatThrownBy(inside::check).hasMessageContaining("(--model " + input);
      CommandFiles over =
          new CommandFiles()
              .reads("--model", input)
              .writes("--ledger", home.resolve("model.safetensors"));
      assertThatThrownBy(over::check).hasMessageContaining("(--ledger)");
    }
  }

  @Test
  void anInputInAFolderThatIsWritten_isRefused() throws IOException {
    Path live = Files.createDirectories(folder.resolve("live/deep"));
    Path text = Files.writeString(live.resolve("t.txt"), "a text");
    assertThatThrownBy(new CommandFiles().reads("--text", text).owns(folder.resolve("live"))::check)
        .hasMessageContaining("is read (--text), and lies in " + folder.resolve("live"));
  }

  @Test
  void twoOutputsOfOneName_areRefused_thereOrNot() throws IOException {
    Path one = folder.resolve("one.csv");
    Path same = folder.resolve("./one.csv");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(
              new CommandFiles().writes("--ledger", one).writes("--timeline", same)::check)
          .hasMessage(
              same + ": would be written twice, by --ledger and --timeline; name two files");
      Files.writeString(one, "");
    }
    Path link = Files.createSymbolicLink(folder.resolve("dangling"), Path.of("two.csv"));
    assertThatThrownBy(
            new CommandFiles()
                    .writes("--ledger", link)
                    .writes("--timeline", folder.resolve("two.csv"))
                ::check)
        .hasMessageContaining("written twice");
  }

  @Test
  void othersAndDevices_pass() throws IOException {
    Path other = Files.writeString(folder.resolve("n.gguf"), "GGUF");
    assertThatCode(
            new CommandFiles()
                    .reads("--model", model)
                    .reads("--text", null)
                    .reads("--ids", folder.resolve("missing"))
                    .writes("-o", other)
                    .writes("--ledger", Path.of("/dev/null"))
                    .writes("--timeline", Path.of("/dev/null"))
                    .writes("--statistics", folder.resolve("nowhere/s.json"))
                ::check)
        .doesNotThrowAnyException();
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(Path output) {
    return assertThatThrownBy(
            new CommandFiles().reads("--model", model).writes("-o", output)::check)
        .isInstanceOf(UserException.class);
  }
}
