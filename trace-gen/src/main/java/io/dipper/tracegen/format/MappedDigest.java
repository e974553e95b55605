package io.dipper.tracegen.format;

import io.dipper.files.MappedFile;
import io.dipper.trace.Sha256;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** The SHA-256 digest of mapped files, one after another. */
final class MappedDigest {
  private static final int CHUNK_BYTES = 1 << 20;

  private MappedDigest() {}

  /** The digest in lower-case hex. */
  static String of(List<MappedFile> files) {
    MessageDigest digest = Sha256.digest();
    byte[] chunk = new byte[CHUNK_BYTES];
    for (MappedFile file : files) {
      for (long at = 0; at < file.size(); at += chunk.length) {
        int length = (int) Math.min(chunk.length, file.size() - at);
        file.read(at, chunk, 0, length);
        digest.update(chunk, 0, length);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
