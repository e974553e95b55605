package io.dipper.tracegen.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.dipper.error.UserException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/** A tokenizer.json, run by Hugging Face's own library through DJL. */
final class DjlTokenizer implements Tokenizer {
  private static final Map<String, String> AS_IT_IS =
      Map.of(
          "addSpecialTokens", "false",
          "truncation", "do_not_truncate",
          "padding", "do_not_pad",
          "modelMaxLength", Integer.toString(Integer.MAX_VALUE),
          "maxLength", Integer.toString(Integer.MAX_VALUE));

  /** DJL otherwise asks the network for native libraries and reports its use. */
  private static final Map<String, String> STAY_OFFLINE =
      Map.of("ai.djl.offline", "true", "OPT_OUT_TRACKING", "true");

  private final HuggingFaceTokenizer tokenizer;
  private final String name;

  private DjlTokenizer(HuggingFaceTokenizer tokenizer, String name) {
    this.tokenizer = tokenizer;
    this.name = name;
  }

  /**
   * Loads a definition.
   *
   * @param source the file that it came from, named in errors
   * @param kind the first part of the name
   * @param json the text of a tokenizer.json, in UTF-8
   */
  static Tokenizer load(Path source, String kind, byte[] json) {
    STAY_OFFLINE.forEach(System.getProperties()::putIfAbsent);
    try {
      var loaded = HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), AS_IT_IS);
      return new DjlTokenizer(loaded, kind + " sha256:" + digest(json));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    } catch (RuntimeException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown reason");
      throw new UserException(source + ": holds no tokenizer that can be loaded: " + reason, e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int[] encode(String text) {
    return Arrays.stream(tokenizer.encode(text, false, false).getIds())
        .mapToInt(Math::toIntExact)
        .toArray();
  }

  @Override
  public String decode(int[] ids) {
    return tokenizer.decode(Arrays.stream(ids).asLongStream().toArray(), false);
  }

  @Override
  public void close() {
    tokenizer.close();
  }

  private static String digest(byte[] json) {
    try {
      byte[] whole = MessageDigest.getInstance("SHA-256").digest(json);
      return HexFormat.of().formatHex(whole, 0, Long.BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
