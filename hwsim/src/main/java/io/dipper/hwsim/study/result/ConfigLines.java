package io.dipper.hwsim.study.result;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.dipper.error.UserException;
import io.dipper.files.AtomicFile;
import io.dipper.hwsim.study.setting.CanonicalJson;
import io.dipper.proto.PointConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The configurations of points, a line of canonical JSON each: what a point's digest is taken of,
 * and all that is needed to simulate it again.
 */
final class ConfigLines {
  private ConfigLines() {}

  static void write(Path file, Collection<PointConfig> configs) {
    AtomicFile.write(
        file,
        out -> {
          for (PointConfig config : configs) {
            String line = CanonicalJson.of(config) + "\n";
            out.write(line.getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  /** The configurations by point id, in the order of the file. */
  static Map<String, PointConfig> read(Path file) {
    Map<String, PointConfig> byId = new LinkedHashMap<>();
    try {
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      for (int i = 0; i < lines.size(); i++) {
        PointConfig config = parse(file, i + 1, lines.get(i));
        byId.put(ConfigDigest.of(config).pointId(), config);
      }
      return byId;
    } catch (IOException e) {
      throw UserException.unreadable(file, e);
    }
  }

  private static PointConfig parse(Path file, int line, String json) {
    try {
      PointConfig.Builder config = PointConfig.newBuilder();
      JsonFormat.parser().merge(json, config);
      return config.build();
    } catch (InvalidProtocolBufferException e) {
      throw new UserException(file + ":" + line + ": is no point's configuration; sweep again", e);
    }
  }
}
