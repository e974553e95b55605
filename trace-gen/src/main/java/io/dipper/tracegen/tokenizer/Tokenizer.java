package io.dipper.tracegen.tokenizer;

/** Text to token ids and back. Safe for use by many threads. */
public interface Tokenizer extends AutoCloseable {
  /**
   * Where it came from and which one it is, for a manifest: the source and the first 64 bits of the
   * SHA-256 of its definition.
   */
  String name();

  /**
   * The ids of a text, however long. Nothing is added: no BOS, no EOS. A special token's own text
   * becomes that token.
   */
  int[] encode(String text);

  /** The text of ids, special tokens included. */
  String decode(int[] ids);

  /** Frees native memory. */
  @Override
  void close();
}
