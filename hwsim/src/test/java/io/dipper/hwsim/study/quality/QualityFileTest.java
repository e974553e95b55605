package io.dipper.hwsim.study.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.proto.ModelShape;
import io.dipper.proto.Quality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityFileTest {
  private static final List<LiveSample> SAMPLES =
      List.of(
          new LiveSample("dip", new LostEnergy(0.02, 0.03, 0, 0), 0.2, 0.01),
          new LiveSample("gate", new LostEnergy(0, 0, 0.04, 0), 0.15, 0.01));

  @TempDir Path folder;

  private Path write() {
    Path file = folder.resolve("quality.json");
    Quality about = Quality.newBuilder().setModel("m").setModelSha256("abc").build();
    QualityFile.write(file, QualityFile.message(about, SAMPLES));
    return file;
  }

  @Test
  void whatIsWritten_predictsTheSame() {
    Quality read = QualityFile.read(write());
    LostEnergy lost = new LostEnergy(0.01, 0.01, 0.01, 0.01);
    assertThat(QualityFile.model(read).predict(lost))
        .isEqualTo(QualityFit.fit(SAMPLES).predict(lost));
    assertThat(QualityFile.samples(read)).isEqualTo(SAMPLES);
  }

  @Test
  void leftOut_isThePredictionOfTheOthers() {
    Quality read = QualityFile.read(write());
    double others =
        QualityFit.fit(SAMPLES.subList(1, 2)).coefficients().increase(SAMPLES.get(0).lost());
    assertThat(read.getSamples(0).getLeftOut())
        .isCloseTo(others, org.assertj.core.data.Percentage.withPercentage(30));
  }

  @Test
  void anotherModelsFile_isRefused() {
    Path file = write();
    ModelShape other = ModelShape.newBuilder().setName("n").setSha256("def").build();
    assertThatThrownBy(() -> QualityFile.check(file, QualityFile.read(file), other))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("fitted on m, not on n");
  }

  @Test
  void brokenFile_isNamedInOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("quality.json"), "{\"model\": ");
    assertThatThrownBy(() -> QualityFile.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("quality.json")
        .hasMessageContaining("is no quality model");
    Files.writeString(file, "{}");
    assertThatThrownBy(() -> QualityFile.read(file)).hasMessageContaining("calibrate again");
  }
}
