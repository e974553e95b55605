package io.dipper.tracegen.tokenizer;

/** The parts of which pre-tokenizers' expressions are made, in Oniguruma's syntax. */
final class Words {
  static final String GPT_2 =
      "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

  static final String CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
  static final String LETTERS = "[^\\r\\n\\p{L}\\p{N}]?\\p{L}+";

  private static final String SPACES = "\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  static final String REST = " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|" + SPACES;
  static final String REST_WITH_SLASHES = " ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|" + SPACES;

  /** Line ends are never part of what stands before them. */
  static final String REST_WITHOUT_LINE_ENDS = " ?[^\\s\\p{L}\\p{N}\\r\\n]+|" + SPACES;

  /** Each line end on its own. */
  static final String REST_LINE_BY_LINE =
      " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+";

  /** Accents that are marks of their own belong to the letter before them. */
  static final String MARKED_LETTERS = "[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+";

  static final String REST_WITHOUT_MARKS = " ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*|" + SPACES;

  private static final String UPPER = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
  private static final String LOWER = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";
  static final String LOWER_ENDED = "[^\\r\\n\\p{L}\\p{N}]?" + UPPER + "*" + LOWER + "+";
  static final String CAPITALISED = "[^\\r\\n\\p{L}\\p{N}]?" + UPPER + "+" + LOWER + "*";

  static final String ASCII_PUNCTUATION_AND_LETTERS =
      "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+";
  static final String LETTERS_WITHOUT_SYMBOLS = "[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+";
  static final String SYMBOLS = " ?[\\p{P}\\p{S}]+[\\r\\n]*|" + SPACES;

  /** Han, Hiragana and Katakana. */
  static final String CHINESE_OR_JAPANESE = "[\\x{4e00}-\\x{9fa5}\\x{3040}-\\x{30ff}]+";

  static final String CHINESE_OR_KOREAN =
      "[\\x{4e00}-\\x{9fa5}\\x{0800}-\\x{4e00}\\x{ac00}-\\x{d7ff}]+";

  /** From ! to /, from : to ~ (with it all ASCII letters), their full-width forms, quotes. */
  static final String PUNCTUATION =
      "\\s?[!-/:-~\\x{ff01}-\\x{ff0f}\\x{ff1a}-\\x{ff5e}\\x{2018}-\\x{201f}"
          + "\\x{3000}-\\x{3002}]+";

  /** Whatever stands between spaces, stops and commas of many scripts. */
  static final String BETWEEN_STOPS =
      " ?[^(\\s|.,!?\\x{2026}\\x{3002}\\x{ff0c}\\x{3001}\\x{0964}\\x{06d4}\\x{060c})]+";

  /** Letters that have a case, as DeepSeek lists them: code points in hexadecimal. */
  private static final String CASED_RANGES =
      "41-5a 61-7a b5 c0-d6 d8-f6 f8-1ba 1bc-1bf 1c4-293 295-2af 370-373 376-377 "
          + "37b-37d 37f 386 388-38a 38c 38e-3a1 3a3-3f5 3f7-481 48a-52f 531-556 10a0-10c5 "
          + "13a0-13f5 13f8-13fd 1c90-1cba 1cbd-1cbf 1d00-1d2b 1d6b-1d77 1d79-1d9a "
          + "1e00-1f15 1f18-1f1d 1f20-1f45 1f48-1f4d 1f50-1f57 1f59 1f5b 1f5d 1f5f-1f7d "
          + "1f80-1fb4 1fb6-1fbc 1fbe 1fc2-1fc4 1fc6-1fcc 1fd0-1fd3 1fd6-1fdb 1fe0-1fec "
          + "1ff2-1ff4 1ff6-1ffc 2102 2107 210a-2113 2115 2119-211d 2124 2126 2128 "
          + "212a-212d 212f-2134 2139 213c-213f 2145-2149 214e 2183-2184 2c00-2c7b "
          + "2c7e-2ce4 2ceb-2cee 2cf2-2cf3 a640-a66d a680-a69b a722-a76f a771-a787 "
          + "a78b-a78e ab70-abbf fb00-fb06 fb13-fb17 ff21-ff3a ff41-ff5a 10400-1044f "
          + "104b0-104d3 104d8-104fb 10c80-10cb2 10cc0-10cf2 118a0-118df 1e900-1e943";

  /** Words of letters that have a case, with the space before them. */
  static final String CASED = "\\s?[" + classOf(CASED_RANGES) + "]+";

  private Words() {}

  private static String classOf(String ranges) {
    return ranges.replaceAll("[0-9a-f]+", "\\\\x{$0}").replace(" ", "");
  }
}
