package io.dipper.hwsim.study.result;

import io.dipper.hwsim.study.setting.CanonicalJson;
import io.dipper.proto.PointConfig;
import io.dipper.registry.FileContents;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The identity of a point: the SHA-256 of its configuration's canonical JSON (keys sorted, no
 * spaces, doubles in the fewest digits), so that equal configurations have equal names everywhere.
 * A file that a parameter names counts by the digest of its content, not by its path; types of
 * weights count by what the device takes for them.
 *
 * @param sha256 64 hexadecimal digits
 */
public record ConfigDigest(String sha256) {
  public static ConfigDigest of(PointConfig config) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(CanonicalJson.of(identity(config)).getBytes(StandardCharsets.UTF_8));
      return new ConfigDigest(HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PointConfig identity(PointConfig config) {
    PointConfig.Builder identity = config.toBuilder().clearWeightTypes();
    if (config.hasPolicy()) {
      identity.setPolicy(FileContents.identity(config.getPolicy()));
    }
    if (config.hasCache()) {
      identity.setCache(FileContents.identity(config.getCache()));
    }
    if (config.hasAdapter()) {
      identity.getAdapterBuilder().clearFolder();
    }
    return identity.build();
  }

  /** The short name of the point: the first 12 digits. */
  public String pointId() {
    return sha256.substring(0, 12);
  }
}
