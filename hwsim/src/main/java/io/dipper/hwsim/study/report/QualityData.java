package io.dipper.hwsim.study.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dipper.hwsim.study.quality.Increase;
import io.dipper.hwsim.study.quality.PredictionCheck;
import io.dipper.hwsim.study.quality.QualityFile;
import io.dipper.hwsim.study.quality.RunError;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.proto.Quality;
import io.dipper.proto.QualityCoefficients;
import io.dipper.proto.QualitySample;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/** What the page tells of a quality model: its formula, its runs, and how its predictions held. */
final class QualityData {
  private QualityData() {}

  /**
   * The model of a result directory, or null where there is none.
   *
   * @throws io.dipper.error.UserException if its file is broken
   */
  static @Nullable ObjectNode of(ResultDirectory results) {
    if (!Files.exists(results.quality())) {
      return null;
    }
    Quality quality = QualityFile.read(results.quality());
    QualityCoefficients c = quality.getCoefficients();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("protocol", quality.getProtocol())
        .put("perplexity_dense", quality.getPerplexityDense())
        .put("input", c.getInput())
        .put("glu", c.getGlu())
        .put("gate", c.getGate())
        .put("up", c.getUp())
        .put("curvature", c.getCurvature())
        .put("closed", c.getClosed())
        .put("spread", quality.getSpread())
        .put("run_error", RunError.describe(quality));
    ArrayNode samples = node.putArray("samples");
    quality.getSamplesList().forEach(sample -> samples.add(sample(sample)));
    node.set("check", check(PredictionCheck.of(results.predictions())));
    return node;
  }

  private static ObjectNode sample(QualitySample sample) {
    Increase increase = new Increase(sample.getIncrease(), sample.getStandardError());
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    return node.put("point", sample.getPoint())
        .put("lost_input", sample.getLostInput())
        .put("lost_glu", sample.getLostGlu())
        .put("lost_gate", sample.getLostGate())
        .put("lost_up", sample.getLostUp())
        .put("increase", increase.share())
        .put("standard_error", known(increase.shareError()))
        .put("left_out", Increase.share(sample.getLeftOut()));
  }

  private static ObjectNode check(PredictionCheck check) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    return node.put("points", check.points())
        .put("kendall_tau", known(check.kendallTau()))
        .put("compared", check.compared())
        .put("median_error", known(check.medianError()))
        .put("covered", known(check.covered()));
  }

  private static @Nullable Double known(double value) {
    return Double.isFinite(value) ? Double.valueOf(value) : null;
  }
}
