package io.dipper.hwsim.study.sweep;

import io.dipper.error.UserException;
import io.dipper.files.AtomicFile;
import io.dipper.files.CannotWrite;
import io.dipper.hwsim.study.result.PointResult;
import io.dipper.hwsim.study.result.RowJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The points of a sweep that are done, kept on the disk as they finish: {@code points.partial}, a
 * JSON object per line. A line that was cut off when the sweep was killed is dropped. What a power
 * loss can take is the points of a quarter of a second.
 */
final class FinishedPoints implements AutoCloseable {
  private static final long FORCED_EVERY_NS = 250_000_000;

  private final Path file;
  private final FileChannel channel;
  private long forcedNs = System.nanoTime();

  private FinishedPoints(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Begins the file, with the points that are done already. */
  static FinishedPoints begin(Path file, List<PointResult> done) {
    AtomicFile.write(
        file,
        out -> {
          for (PointResult result : done) {
            out.write(line(result));
          }
        });
    try {
      return new FinishedPoints(file, FileChannel.open(file, StandardOpenOption.APPEND));
    } catch (IOException e) {
      throw CannotWrite.error(file, e);
    }
  }

  /** The points of a file by id; none where there is no file. */
  static Map<String, PointResult> read(Path file) {
    Map<String, PointResult> results = new LinkedHashMap<>();
    if (!Files.exists(file)) {
      return results;
    }
    try {
      for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
        RowJson.parsePoint(line).ifPresent(r -> results.put(r.pointId(), r));
      }
      return results;
    } catch (IOException e) {
      throw UserException.unreadable(file, e);
    }
  }

  /** Keeps a point. */
  void add(PointResult result) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(line(result));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      if (System.nanoTime() - forcedNs > FORCED_EVERY_NS) {
        channel.force(false);
        forcedNs = System.nanoTime();
      }
    } catch (IOException e) {
      throw CannotWrite.error(file, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw CannotWrite.error(file, e);
    }
  }

  private static byte[] line(PointResult result) {
    return (RowJson.line(result) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
