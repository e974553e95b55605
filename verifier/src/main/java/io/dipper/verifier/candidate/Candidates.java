package io.dipper.verifier.candidate;

import com.google.protobuf.Struct;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.setting.CanonicalJson;
import io.dipper.hwsim.study.verdict.DeviceName;
import io.dipper.hwsim.study.verdict.PointQuality;
import io.dipper.proto.PointConfig;
import io.dipper.registry.Parameter.Role;
import java.util.List;

/** Points of a sweep as a search sees them. */
public final class Candidates {
  /** Caches take whole units, so a memory that they fill has a little left. */
  private static final double FULL = 0.99;

  private Candidates() {}

  public static Candidate of(PointRow point, String family) {
    return new Candidate(
        point.pointId(),
        device(point),
        family,
        point.demand().density(),
        quality(point),
        point.time().tokensPerSecond(),
        memory(point));
  }

  private static double memory(PointRow point) {
    return point.memory().residentBytes() >= FULL * point.memory().dramBytes()
        ? point.memory().dramBytes()
        : point.memory().residentBytes();
  }

  /** Times compare on one device and under one accounting. */
  public static String device(PointRow point) {
    return DeviceName.of(point).toString();
  }

  /** Points with equal families differ in how much they keep and in nothing else. */
  public static String family(PointConfig config) {
    PointConfig.Builder family = config.toBuilder();
    Struct.Builder parameters = family.getPolicyBuilder().getParametersBuilder();
    amounts(config.getPolicy().getName()).forEach(parameters::removeFields);
    return CanonicalJson.of(family.build());
  }

  private static List<String> amounts(String policy) {
    return Policies.describe(policy).parameterNames(Role.AMOUNT);
  }

  /**
   * The share of squared magnitude that passes all masks of a layer; the density where no replay
   * told it.
   */
  private static double quality(PointRow point) {
    return PointQuality.keptEnergy(point).orElse(point.demand().density());
  }
}
