package io.dipper.trace;

import io.dipper.error.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of files and bytes. */
public final class Sha256 {
  private static final int CHUNK = 1 << 20;

  private Sha256() {}

  /** The digest of a file's bytes, in lower-case hex. */
  public static String of(Path file) {
    MessageDigest digest = digest();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    try (FileChannel channel = FileChannel.open(file)) {
      while (channel.read(chunk) >= 0) {
        digest.update(chunk.flip());
        chunk.clear();
      }
    } catch (IOException e) {
      throw UserException.unreadable(file, e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The digest of bytes, in lower-case hex. */
  public static String of(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  /** A digest to feed piece by piece. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
