package io.dipper.tracegen.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file's content must hash to. The hub's ETag of a large file is its SHA-256, that of a
 * small one its Git blob id: SHA-1 over {@code blob SIZE\0} and the content.
 */
record FileDigest(boolean gitBlob, String hex) {
  private static final Pattern ETAG = Pattern.compile("(?:W/)?\"?([0-9a-fA-F]+)\"?");
  private static final int CHUNK = 1 << 16;

  static FileDigest sha256(String hex) {
    return new FileDigest(false, hex);
  }

  /** Reads an ETag; empty where it is neither kind of digest. */
  static Optional<FileDigest> ofEtag(String etag) {
    Matcher matcher = ETAG.matcher(etag.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String hex = matcher.group(1).toLowerCase(Locale.ROOT);
    return switch (hex.length()) {
      case 64 -> Optional.of(new FileDigest(false, hex));
      case 40 -> Optional.of(new FileDigest(true, hex));
      default -> Optional.empty();
    };
  }

  String algorithm() {
    return gitBlob ? "Git blob id" : "SHA-256";
  }

  /** The digest of a file on disk, of the kind that this one is. */
  String of(Path file) throws IOException {
    MessageDigest digest = instance(gitBlob ? "SHA-1" : "SHA-256");
    if (gitBlob) {
      digest.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
    }
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        digest.update(chunk, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest instance(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
