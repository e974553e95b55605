package io.dipper.hwsim.study.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.dipper.hwsim.study.setting.CanonicalJson;
import io.dipper.proto.CacheSpec;
import io.dipper.proto.Capacity;
import io.dipper.proto.PointConfig;
import io.dipper.proto.PolicySpec;
import org.junit.jupiter.api.Test;

final class ConfigDigestTest {
  private static PointConfig config(double gamma, String... order) {
    Struct.Builder parameters = Struct.newBuilder();
    for (String key : order) {
      parameters.putFields(
          key, Value.newBuilder().setNumberValue(key.equals("gamma") ? gamma : 0.002).build());
    }
    return PointConfig.newBuilder()
        .setPolicy(PolicySpec.newBuilder().setName("dip-ca").setParameters(parameters))
        .setCapacity(Capacity.newBuilder().setCacheFraction(0.4))
        .setSeed(3)
        .build();
  }

  @Test
  void canonicalJson_sortsKeysAndWritesTheFewestDigits() {
    assertThat(CanonicalJson.of(config(2e23, "gamma", "density")))
        .isEqualTo(
            "{\"capacity\":{\"cache_fraction\":0.4},\"policy\":{\"name\":\"dip-ca\","
                + "\"parameters\":{\"density\":0.002,\"gamma\":2.0E23}},\"seed\":\"3\"}");
  }

  @Test
  void digest_dependsOnValuesNotOnTheirOrder() {
    assertThat(ConfigDigest.of(config(0.2, "gamma", "density")))
        .isEqualTo(ConfigDigest.of(config(0.2, "density", "gamma")))
        .isNotEqualTo(ConfigDigest.of(config(0.3, "density", "gamma")));
  }

  @Test
  void pointId_isTheBeginningOfTheDigest() {
    ConfigDigest digest = ConfigDigest.of(config(0.2, "gamma"));
    assertThat(digest.sha256()).matches("[0-9a-f]{64}").startsWith(digest.pointId());
    assertThat(digest.pointId()).hasSize(12);
  }

  @Test
  void aFile_countsByItsContentNotByItsPath() {
    assertThat(ConfigDigest.of(masked("a/masks.arrow", "01")))
        .isEqualTo(ConfigDigest.of(masked("b/other.arrow", "01")))
        .isNotEqualTo(ConfigDigest.of(masked("a/masks.arrow", "02")));
  }

  private static PointConfig masked(String path, String sha256) {
    Value file = Value.newBuilder().setStringValue(path).build();
    return PointConfig.newBuilder()
        .setPolicy(
            PolicySpec.newBuilder()
                .setName("file")
                .setParameters(Struct.newBuilder().putFields("masks", file))
                .putFileSha256("masks", sha256))
        .setCache(
            CacheSpec.newBuilder()
                .setPolicy("hot")
                .setParameters(Struct.newBuilder().putFields("trace", file))
                .putFileSha256("trace", sha256))
        .build();
  }

  /** The identity of a point of before parameters could name files that count by content. */
  @Test
  void aPointWithoutFiles_keepsItsIdentity() {
    assertThat(ConfigDigest.of(config(0.2, "density", "gamma")).pointId())
        .isEqualTo("0d438c095e5d");
  }
}
