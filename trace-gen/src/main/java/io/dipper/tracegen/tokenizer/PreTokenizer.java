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
  GPT_2(
      "gpt-2, gpt2, phi-2, mpt, olmo, jais, exaone4, gigachat, a.x-4.0, mellum, trillion,"
          + " granite-docling",
      List.of(Words.GPT_2)),
  /** Single digits, then words. */
  SMOLLM(
      "smollm, starcoder, refact, command-r, codeshell, exaone, minerva-7b",
      List.of("\\p{N}", Words.GPT_2)),
  LLAMA_3(
      "llama-bpe, llama3, llama-v3, falcon3, falcon-h1, pixtral, midm-2.0, lfm2",
      List.of(either(Words.CONTRACTIONS, Words.LETTERS, "\\p{N}{1,3}", Words.REST)),
      true),
  /** Llama 3's, but every word is merged. */
  DBRX("dbrx, smaug-bpe, glm4, chatglm-bpe", LLAMA_3.expressions),
  QWEN_2(
      "qwen2, deepseek-r1-qwen, stablelm2, hunyuan, megrez, grok-2, solar-open",
      List.of(either(Words.CONTRACTIONS, Words.LETTERS, "\\p{N}", Words.REST))),
  QWEN_35(
      "qwen35",
      List.of(
          either(Words.CONTRACTIONS, Words.MARKED_LETTERS, "\\p{N}", Words.REST_WITHOUT_MARKS))),
  SEED_CODER(
      "seed-coder",
      List.of(either(Words.CONTRACTIONS, Words.LETTERS, "\\p{N}", Words.REST_WITHOUT_LINE_ENDS))),
  BAILING(
      "bailingmoe, bailingmoe2, llada-moe",
      List.of(either(Words.CONTRACTIONS, Words.LETTERS, "\\p{N}", Words.REST_LINE_BY_LINE))),
  /** Phi-4-mini's: words break before a capital letter. */
  GPT_4O(
      "gpt-4o, llama4, kanana2, minimax-m2",
      List.of(
          either(
              Words.LOWER_ENDED + Words.CONTRACTIONS + "?",
              Words.CAPITALISED + Words.CONTRACTIONS + "?",
              "\\p{N}{1,3}",
              Words.REST_WITH_SLASHES))),
  /** Mistral Nemo's. */
  TEKKEN(
      "tekken",
      List.of(either(Words.LOWER_ENDED, Words.CAPITALISED, "\\p{N}", Words.REST_WITH_SLASHES)),
      true),
  DEEPSEEK_LLM(
      "deepseek-llm",
      List.of(
          "[\\r\\n]", Words.CASED, Words.PUNCTUATION, "\\s+$", Words.CHINESE_OR_KOREAN, "\\p{N}+")),
  DEEPSEEK_CODER(
      "deepseek-coder",
      List.of("[\\r\\n]", "\\s?\\p{L}+", "\\s?\\p{P}+", Words.CHINESE_OR_KOREAN, "\\p{N}")),
  DEEPSEEK_3(
      "deepseek-v3, hunyuan-dense",
      List.of(
          "\\p{N}{1,3}",
          Words.CHINESE_OR_JAPANESE,
          either(
              Words.ASCII_PUNCTUATION_AND_LETTERS, Words.LETTERS_WITHOUT_SYMBOLS, Words.SYMBOLS))),
  FALCON("falcon", List.of("[\\p{P}\\$\\+<=>\\^~\\|`]+", Words.GPT_2, "[0-9][0-9][0-9]")),
  BLOOM("bloom, poro-chat, gpt3-finnish", List.of(Words.BETWEEN_STOPS)),
  VIKING("viking", List.of(Words.BETWEEN_STOPS, "\\p{N}")),
  /** The pre-tokenizer of files that name none. */
  DEFAULT(
      "default", List.of("[\\p{P}\\$\\+<=>\\^~\\|]+", Words.GPT_2, "\\p{N}+", "[0-9][0-9][0-9]"));

  private final List<String> names;
  private final List<String> expressions;
  private final boolean wholeWordsFirst;

  PreTokenizer(String names, List<String> expressions) {
    this(names, expressions, false);
  }

  PreTokenizer(String names, List<String> expressions, boolean wholeWordsFirst) {
    this.names = List.of(names.split(", "));
    this.expressions = expressions;
    this.wholeWordsFirst = wholeWordsFirst;
  }

  private static String either(String... expressions) {
    return String.join("|", expressions);
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
