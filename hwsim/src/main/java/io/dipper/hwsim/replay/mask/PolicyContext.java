package io.dipper.hwsim.replay.mask;

import io.dipper.error.UserException;
import io.dipper.proto.ModelShape;
import io.dipper.registry.Choice;
import io.dipper.trace.ColumnNorms;
import io.dipper.trace.Recording;
import io.dipper.trace.TraceReader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a policy may be made from besides its parameters.
 *
 * @param shape the model's shape
 * @param recording the trace that thresholds are calibrated on and that norms are taken from; null
 *     where there is none
 */
public record PolicyContext(ModelShape shape, @Nullable Recording recording) {
  /** The parameter that names a trace to calibrate on. */
  public static final String CALIBRATION = "calibration";

  /** The trace, for a policy that needs one. */
  Recording recordingFor(String policy) {
    if (recording == null) {
      throw new UserException("policy " + policy + " is calibrated on a trace, and none is given");
    }
    return recording;
  }

  /**
   * The trace that thresholds are calibrated on: the file that the parameter {@code calibration}
   * names, else the trace at hand.
   */
  public Recording calibrationFor(Choice parameters) {
    String policy = parameters.name();
    if (!parameters.has(CALIBRATION)) {
      return recordingFor(policy);
    }
    Path file = Path.of(parameters.text(CALIBRATION));
    return calibration(file, shape, "policy " + policy);
  }

  /**
   * A trace to calibrate on.
   *
   * @param who is calibrated, for messages
   * @throws UserException if it cannot be read, or is of another shape
   */
  public static Recording calibration(Path file, ModelShape shape, String who) {
    Recording calibration = TraceReader.open(file);
    ModelShape other = calibration.model();
    if (other.getLayers() != shape.getLayers()
        || other.getHiddenSize() != shape.getHiddenSize()
        || other.getIntermediateSize() != shape.getIntermediateSize()) {
      throw UserException.in(
          file,
          who
              + " cannot be calibrated on it: it was recorded from "
              + other.getName()
              + ", whose shape is not that of "
              + shape.getName());
    }
    return calibration;
  }

  /** The norms of the model's weight columns, for a policy that needs them. */
  public ColumnNorms normsFor(String policy) {
    ColumnNorms norms = recordingFor(policy).norms();
    if (norms == null) {
      throw new UserException(
          "policy " + policy + " needs the column norms, and this trace has none; record it again");
    }
    return norms;
  }
}
