package io.dipper.hwsim.study.quality;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.dipper.error.UserException;
import io.dipper.files.AtomicFile;
import io.dipper.hwsim.study.quality.QualityModel.Coefficients;
import io.dipper.proto.ModelShape;
import io.dipper.proto.Quality;
import io.dipper.proto.QualityCoefficients;
import io.dipper.proto.QualitySample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** {@code quality.json}: a fitted quality model with the runs that it was fitted on. */
public final class QualityFile {
  private static final int FORMAT_VERSION = 4;

  private QualityFile() {}

  /**
   * The message of a model.
   *
   * @param about model, tokens and protocol; the rest is filled in
   */
  public static Quality message(Quality about, List<LiveSample> samples) {
    QualityModel model = QualityFit.fit(samples);
    double[] leftOut = QualityFit.leaveOneOut(samples, model);
    Quality.Builder quality =
        about.toBuilder()
            .setFormatVersion(FORMAT_VERSION)
            .setCoefficients(message(model.coefficients()))
            .setSpread(model.spread())
            .setNoise(model.noise());
    Stream.of(model.covariance())
        .flatMapToDouble(DoubleStream::of)
        .map(value -> value + 0.0) // so that there is one zero, and a copy is the same text
        .forEach(quality::addLogCovariance);
    for (int s = 0; s < samples.size(); s++) {
      LiveSample sample = samples.get(s);
      quality.addSamples(
          QualitySample.newBuilder()
              .setPoint(sample.point())
              .setLostInput(sample.lost().input())
              .setLostGlu(sample.lost().glu())
              .setLostGate(sample.lost().gate())
              .setLostUp(sample.lost().up())
              .setLostFewer(sample.lost().router().fewer())
              .setLostOthers(sample.lost().router().others())
              .setIncrease(sample.increase())
              .setStandardError(sample.standardError())
              .setLeftOut(leftOut[s]));
    }
    return quality.build();
  }

  /** The model of a message. */
  public static QualityModel model(Quality quality) {
    int count = Coefficients.COUNT;
    double[][] covariance = new double[count][count];
    for (int i = 0; i < count * count; i++) {
      covariance[i / count][i % count] = quality.getLogCovariance(i);
    }
    return new QualityModel(
        coefficients(quality.getCoefficients()),
        covariance,
        quality.getSpread(),
        quality.getNoise());
  }

  private static QualityCoefficients message(Coefficients coefficients) {
    return QualityCoefficients.newBuilder()
        .setInput(coefficients.input())
        .setGlu(coefficients.glu())
        .setGate(coefficients.gate())
        .setUp(coefficients.up())
        .setCurvature(coefficients.curvature())
        .setClosed(coefficients.closed())
        .setFewer(coefficients.router().fewer())
        .setOthers(coefficients.router().others())
        .build();
  }

  private static Coefficients coefficients(QualityCoefficients message) {
    return new Coefficients(
        message.getInput(),
        message.getGlu(),
        message.getGate(),
        message.getUp(),
        message.getCurvature(),
        message.getClosed(),
        new LostWeights(message.getFewer(), message.getOthers()));
  }

  /** The runs of a message. */
  public static List<LiveSample> samples(Quality quality) {
    return quality.getSamplesList().stream()
        .map(
            s ->
                new LiveSample(
                    s.getPoint(),
                    new LostEnergy(
                        s.getLostInput(),
                        s.getLostGlu(),
                        s.getLostGate(),
                        s.getLostUp(),
                        new LostWeights(s.getLostFewer(), s.getLostOthers())),
                    s.getIncrease(),
                    s.getStandardError()))
        .toList();
  }

  /**
   * Reads a file.
   *
   * @throws UserException if it cannot be read or is no quality model
   */
  public static Quality read(Path file) {
    if (!Files.exists(file)) {
      throw UserException.in(file, "does not exist ('dipper calibrate' writes one)");
    }
    Quality.Builder quality = Quality.newBuilder();
    try {
      JsonFormat.parser().merge(Files.readString(file, StandardCharsets.UTF_8), quality);
    } catch (InvalidProtocolBufferException e) {
      throw UserException.in(file, "is no quality model ('dipper calibrate' writes one)");
    } catch (IOException e) {
      throw UserException.unreadable(file, e);
    }
    if (quality.getFormatVersion() != FORMAT_VERSION
        || quality.getLogCovarianceCount() != Coefficients.COUNT * Coefficients.COUNT) {
      throw UserException.in(
          file, "is no quality model of format " + FORMAT_VERSION + "; calibrate again");
    }
    if (!numbersOf(quality.getCoefficients(), quality.getSpread(), quality.getNoise())) {
      throw UserException.in(
          file, "has a coefficient that is not above 0, or no number; calibrate again");
    }
    return quality.build();
  }

  private static boolean numbersOf(QualityCoefficients c, double spread, double noise) {
    return DoubleStream.of(coefficients(c).values())
            .allMatch(value -> value > 0 && Double.isFinite(value))
        && spread >= 0
        && noise >= 0;
  }

  /**
   * Checks that a quality model was fitted on runs of a model.
   *
   * @throws UserException if it was fitted on another's
   */
  public static void check(Path file, Quality quality, ModelShape model) {
    if (!quality.getModelSha256().equals(model.getSha256())) {
      throw UserException.in(
          file,
          "was fitted on "
              + quality.getModel()
              + ", not on "
              + model.getName()
              + " of this trace; calibrate on that");
    }
  }

  /**
   * Writes a file, in one step.
   *
   * @throws UserException if it cannot be written
   */
  public static void write(Path file, Quality quality) {
    AtomicFile.write(
        file,
        out -> {
          String json = JsonFormat.printer().alwaysPrintFieldsWithNoPresence().print(quality);
          out.write((json + "\n").getBytes(StandardCharsets.UTF_8));
        });
  }
}
