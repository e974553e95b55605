package io.dipper.hwsim.study.result;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import io.dipper.proto.PointConfig;
import io.dipper.registry.FileContents;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The identity of a point: the SHA-256 of its configuration's canonical JSON (keys sorted, no
 * spaces, doubles in the fewest digits), so that equal configurations have equal names everywhere.
 * A file that a parameter names counts by the digest of its content, not by its path.
 *
 * @param sha256 64 hexadecimal digits
 */
public record ConfigDigest(String sha256) {
  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build())
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  public static ConfigDigest of(PointConfig config) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(canonicalJson(identity(config)).getBytes(StandardCharsets.UTF_8));
      return new ConfigDigest(HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PointConfig identity(PointConfig config) {
    PointConfig.Builder identity = config.toBuilder();
    if (config.hasPolicy()) {
      identity.setPolicy(FileContents.identity(config.getPolicy()));
    }
    if (config.hasCache()) {
      identity.setCache(FileContents.identity(config.getCache()));
    }
    return identity.build();
  }

  /** The short name of the point: the first 12 digits. */
  public String pointId() {
    return sha256.substring(0, 12);
  }

  /** A message as JSON that depends on its content alone. */
  public static String canonicalJson(MessageOrBuilder message) {
    try {
      JsonNode tree =
          JSON.readTree(JsonFormat.printer().preservingProtoFieldNames().print(message));
      return JSON.writeValueAsString(JSON.treeToValue(tree, Object.class));
    } catch (InvalidProtocolBufferException | JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
