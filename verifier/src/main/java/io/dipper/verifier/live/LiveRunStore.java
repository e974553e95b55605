package io.dipper.verifier.live;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import io.dipper.files.AtomicFile;
import io.dipper.files.CannotWrite;
import io.dipper.proto.LiveRun;
import io.dipper.proto.LiveRunConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The finished live runs of a result folder: one file per run, named by the digest of its config
 * and written in one step. So a verification that was interrupted or is asked for again runs
 * nothing twice.
 */
final class LiveRunStore {
  private final Path folder;

  /**
   * @param folder made where it is missing
   */
  LiveRunStore(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw CannotWrite.error(folder, e);
    }
  }

  /** The run with this config; empty if it was never finished or its file cannot be read. */
  Optional<LiveRun> find(LiveRunConfig config) {
    Path file = file(config);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      LiveRun run = LiveRun.parseFrom(in);
      return run.getConfig().equals(config) ? Optional.of(run) : Optional.empty();
    } catch (IOException damaged) {
      return Optional.empty();
    }
  }

  /**
   * Keeps a finished run.
   *
   * @throws io.dipper.error.UserException if it cannot be written
   */
  void put(LiveRun run) {
    AtomicFile.write(
        file(run.getConfig()),
        out -> {
          GZIPOutputStream zipped = new GZIPOutputStream(out);
          zipped.write(deterministic(run));
          zipped.finish();
        });
  }

  private Path file(LiveRunConfig config) {
    return folder.resolve(digest(config).substring(0, 16) + ".live.gz");
  }

  /** SHA-256 of the config's bytes, maps in key order, in lower-case hex. */
  static String digest(LiveRunConfig config) {
    try {
      byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(deterministic(config));
      return HexFormat.of().formatHex(sha256);
    } catch (NoSuchAlgorithmException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] deterministic(Message message) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    message.writeTo(out);
    out.flush();
    return bytes.toByteArray();
  }
}
