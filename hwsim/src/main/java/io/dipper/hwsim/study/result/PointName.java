package io.dipper.hwsim.study.result;

import io.dipper.hwsim.study.setting.PointSettings;
import io.dipper.proto.PointConfig;

/**
 * A point as tables beside {@code points.csv} name it.
 *
 * @param policyParams the policy's parameters as a JSON object
 */
public record PointName(
    String pointId,
    String hardware,
    String accounting,
    String policy,
    String policyParams,
    String cache) {
  /** The name of the point of a configuration. */
  public static PointName of(PointConfig config) {
    PointSetup setup = PointSetup.of(config);
    return new PointName(
        ConfigDigest.of(config).pointId(),
        setup.name(PointSettings.HARDWARE),
        setup.name(PointSettings.ACCOUNTING),
        setup.name(PointSettings.POLICY),
        String.valueOf(setup.parameters(PointSettings.POLICY)),
        setup.name(PointSettings.CACHE));
  }

  /** The name of the point of a row. */
  public static PointName of(PointRow row) {
    return new PointName(
        row.pointId(),
        row.hardware(),
        row.accounting(),
        row.policy(),
        row.policyParams(),
        row.cache());
  }
}
