package io.dipper.tracegen.tokenizer;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a byte-level BPE vocabulary cuts text into words before it merges: what GGUF files name in
 * {@code tokenizer.ggml.pre}. Each expression cuts the pieces that the one before it left.
 */
enum PreTokenizer {
  GPT_2(List.of("gpt-2", "gpt2", "phi-2", "mpt", "olmo", "jais"), List.of(Words.GPT_2), false),
  /** Single digits, then words. */
  SMOLLM(
      List.of("smollm", "starcoder", "refact", "command-r", "codeshell", "exaone", "minerva-7b"),
      List.of("\\p{N}", Words.GPT_2),
      false),
  LLAMA_3(
      List.of("llama-bpe", "llama3", "llama-v3", "falcon3", "pixtral"),
      List.of(Words.CONTRACTIONS + "|" + Words.LETTERS + "|\\p{N}{1,3}|" + Words.REST),
      true),
  DBRX(List.of("dbrx", "smaug-bpe"), LLAMA_3.expressions, false),
  QWEN_2(
      List.of("qwen2", "deepseek-r1-qwen", "stablelm2", "hunyuan", "megrez"),
      List.of(Words.CONTRACTIONS + "|" + Words.LETTERS + "|\\p{N}|" + Words.REST),
      false),
  /** Phi-4-mini's: words break before a capital letter. */
  GPT_4O(
      List.of("gpt-4o", "llama4"),
      List.of(
          Words.LOWER_ENDED
              + Words.CONTRACTIONS
              + "?|"
              + Words.CAPITALISED
              + Words.CONTRACTIONS
              + "?|\\p{N}{1,3}|"
              + Words.REST_WITH_SLASHES),
      false),
  /** Mistral Nemo's. */
  TEKKEN(
      List.of("tekken"),
      List.of(Words.LOWER_ENDED + "|" + Words.CAPITALISED + "|\\p{N}|" + Words.REST_WITH_SLASHES),
      true),
  /** Of files that name none. */
  DEFAULT(
      List.of("default"),
      List.of("[\\p{P}\\$\\+<=>\\^~\\|]+", Words.GPT_2, "\\p{N}+", "[0-9][0-9][0-9]"),
      false);

  /** The parts that the expressions share. */
  private static final class Words {
    static final String GPT_2 =
        "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
    static final String CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
    static final String LETTERS = "[^\\r\\n\\p{L}\\p{N}]?\\p{L}+";
    static final String REST = " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    static final String REST_WITH_SLASHES =
        " ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final String UPPER = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String LOWER = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";
    static final String LOWER_ENDED = "[^\\r\\n\\p{L}\\p{N}]?" + UPPER + "*" + LOWER + "+";
    static final String CAPITALISED = "[^\\r\\n\\p{L}\\p{N}]?" + UPPER + "+" + LOWER + "*";
  }

  private final List<String> names;
  private final List<String> expressions;
  private final boolean wholeWordsFirst;

  PreTokenizer(List<String> names, List<String> expressions, boolean wholeWordsFirst) {
    this.names = names;
    this.expressions = expressions;
    this.wholeWordsFirst = wholeWordsFirst;
  }

  static Optional<PreTokenizer> named(String name) {
    return Arrays.stream(values()).filter(pre -> pre.names.contains(name)).findFirst();
  }

  /** All names, for an error that lists them. */
  static String supported() {
    return Arrays.stream(values())
        .flatMap(pre -> pre.names.stream())
        .collect(Collectors.joining(", "));
  }

  /** Regular expressions in Oniguruma's syntax. */
  List<String> expressions() {
    return expressions;
  }

  /** Whether a word that is a token stays whole even if no merges lead to it. */
  boolean wholeWordsFirst() {
    return wholeWordsFirst;
  }
}
