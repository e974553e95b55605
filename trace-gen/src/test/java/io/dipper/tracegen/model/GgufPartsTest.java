package io.dipper.tracegen.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.testing.SharedData;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.format.ModelSummary;
import io.dipper.tracegen.format.TensorRole;
import io.dipper.tracegen.runtime.DenseModel;
import io.dipper.tracegen.runtime.RuntimeOptions;
import io.dipper.tracegen.testing.GgufOf;
import io.dipper.tracegen.testing.GgufWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model in several files is the model that it was before it was split. */
class GgufPartsTest {
  private static final int PARTS = 3;
  private static final int[] IDS = {1, 5, 9, 33, 2, 7, 11, 40};

  @TempDir private Path folder;
  private Path whole;
  private GgufWriter model = new GgufWriter();

  /** As llama-gguf-split does. */
  @BeforeEach
  void writeTheModel_wholeAndInParts() throws IOException {
    whole = folder.resolve("whole.gguf");
    try (ModelFile directory =
        ModelFiles.open(SharedData.testdata("golden/arch/llama-untied-f32"))) {
      GgufOf.write(directory, whole, writer -> model = writer);
    }
    for (int number = 1; number <= PARTS; number++) {
      write(number, number, PARTS, model.tensorCount());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void anyPart_opensTheWholeModel(int given) {
    assertThat(logits(part(given))).isEqualTo(logits(whole));
  }

  @Test
  void digest_isThatOfAllPartsInOrder() throws Exception {
    MessageDigest expected = MessageDigest.getInstance("SHA-256");
    for (int number = 1; number <= PARTS; number++) {
      expected.update(Files.readAllBytes(part(number)));
    }
    try (ModelFile opened = ModelFiles.open(part(2))) {
      assertThat(opened.sha256()).isEqualTo(HexFormat.of().formatHex(expected.digest()));
    }
  }

  @Test
  void summary_hasTheTensorsOfAllParts() {
    ModelSummary summary = ModelFiles.summary(part(3));
    assertThat(summary.note()).isEmpty();
    assertThat(summary.format()).isEqualTo("GGUF v3 in 3 files");
    assertThat(summary.tensors()).hasSize(model.tensorCount());
    assertThat(summary.config()).isPresent();
  }

  @Test
  void missingPart_isNamed_andTheOthersAreShown() throws IOException {
    Files.delete(part(2));
    assertRefused(part(1), "is one of 3 parts of a model; " + part(2) + " is missing");
    ModelSummary summary = ModelFiles.summary(part(1));
    assertThat(summary.note()).contains(part(2) + " is missing");
    assertThat(summary.tensors()).isNotEmpty();
  }

  @Test
  void partOfAnotherCount_isRefused() throws IOException {
    write(2, 2, 4, model.tensorCount());
    assertRefused(part(1), "is part 2 of 4, expected part 2 of 3: parts of different models?");
  }

  @Test
  void partsInEachOthersPlace_areRefused() throws IOException {
    byte[] second = Files.readAllBytes(part(2));
    Files.move(part(3), part(2), StandardCopyOption.REPLACE_EXISTING);
    Files.write(part(3), second);
    assertRefused(part(1), "is part 3 of 3, expected part 2 of 3");
    assertRefused(
        part(3), "is part 2 of 3 of a model, expected a name that ends in -00002-of-00003");
  }

  @Test
  void fileThatIsNoPart_inThePlaceOfOne_isRefused() throws IOException {
    Files.write(part(3), new GgufWriter().text("general.name", "other").bytes());
    assertRefused(part(1), "is part 1 of 1, expected part 3 of 3");
    Files.writeString(part(3), "Not Found");
    assertRefused(part(1), "does not begin with GGUF, expected part 3 of 3");
  }

  @Test
  void partOfAnotherModel_isRefused() throws IOException {
    write(2, 2, PARTS, 7);
    assertRefused(part(1), "says that all parts hold 7 tensors");
    Files.write(part(2), split(new GgufWriter(), 2, PARTS, model.tensorCount()).bytes());
    assertRefused(part(1), "tensors together, expected the " + model.tensorCount());
    GgufWriter named = model.part(1, PARTS).text("general.name", "another one");
    Files.write(part(2), split(named, 2, PARTS, model.tensorCount()).bytes());
    assertRefused(part(1), "general.name is another one, expected llama-untied-f32 as in");
  }

  @Test
  void partThatRepeatsATensor_isRefused() throws IOException {
    GgufWriter second = model.part(1, PARTS);
    Files.write(part(3), split(second, 3, PARTS, model.tensorCount()).bytes());
    assertRefused(part(1), "holds tensor ");
  }

  @Test
  void partWithAnotherFileName_isRefusedWithTheRightOne() throws IOException {
    Path renamed = Files.copy(part(1), folder.resolve("renamed.gguf"));
    assertRefused(
        renamed, "is part 1 of 3 of a model, expected a name that ends in -00001-of-00003.gguf");
  }

  @Test
  void wholeModel_thatSaysItIsTheOnlyPart_opens() throws IOException {
    Path only = folder.resolve("anything.gguf");
    Files.write(only, split(model, 1, 1, model.tensorCount()).bytes());
    try (ModelFile opened = ModelFiles.open(only)) {
      assertThat(opened.tensor(TensorRole.EMBEDDING, -1)).isPresent();
    }
  }

  private static float[] logits(Path file) {
    try (ModelFile opened = ModelFiles.open(file);
        DenseModel dense = new DenseModel(opened, RuntimeOptions.withThreads(1))) {
      return dense.logits(IDS);
    }
  }

  private static void assertRefused(Path file, String why) {
    assertThatThrownBy(() -> ModelFiles.open(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("\n");
  }

  private Path part(int number) {
    return folder.resolve(String.format(Locale.ROOT, "tiny-%05d-of-%05d.gguf", number, PARTS));
  }

  /** Writes one part's tensors into one part's file, with what it says of itself. */
  private void write(int part, int number, int count, int tensors) throws IOException {
    Files.write(part(part), split(model.part(part - 1, PARTS), number, count, tensors).bytes());
  }

  private static GgufWriter split(GgufWriter writer, int number, int count, int tensors) {
    return writer
        .uint16("split.no", number - 1)
        .uint16("split.count", count)
        .int32("split.tensors.count", tensors);
  }
}
