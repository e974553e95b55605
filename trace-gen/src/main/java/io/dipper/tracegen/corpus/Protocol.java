package io.dipper.tracegen.corpus;

import io.dipper.error.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A perplexity protocol: how a text's tokens are cut into windows, and which tokens of a window are
 * scored. Perplexities compare only under the same one.
 */
public sealed interface Protocol {
  /** The window length of {@link Disjoint} where the model's context is not shorter. */
  int DEFAULT_LENGTH = 2048;

  /** The protocol's name, as in every result: {@code disjoint-2048}. */
  String name();

  /** The longest window. */
  int length();

  /**
   * Cuts a text.
   *
   * @param tokens of the whole text, without a beginning-of-sequence token
   * @param bosToken what the model's tokenizer puts before a text, or -1 for nothing
   * @return at least one window; a last one that is too short for the protocol is dropped
   * @throws UserException if the text is too short
   */
  List<Window> windows(int[] tokens, int bosToken);

  /** Blocks of so many tokens, all scored but the first. */
  record Disjoint(int length) implements Protocol {
    @Override
    public String name() {
      return "disjoint-" + length;
    }

    @Override
    public List<Window> windows(int[] tokens, int bosToken) {
      List<Window> windows = new ArrayList<>();
      for (int end = length; end <= tokens.length; end += length) {
        windows.add(new Window(Arrays.copyOfRange(tokens, end - length, end), 1));
      }
      return Protocol.atLeastOne(windows, name(), tokens.length, length);
    }
  }

  /** Overlapping windows; of each, the tokens that no window before it held are scored. */
  record Sliding(int length, int stride) implements Protocol {
    @Override
    public String name() {
      return "sliding-" + length + "-" + stride;
    }

    @Override
    public List<Window> windows(int[] tokens, int bosToken) {
      List<Window> windows = new ArrayList<>();
      int scoredEnd = 1;
      for (int first = 0; scoredEnd < tokens.length; first += stride) {
        int end = Math.min(tokens.length, first + length);
        windows.add(new Window(Arrays.copyOfRange(tokens, first, end), scoredEnd - first));
        scoredEnd = end;
      }
      return Protocol.atLeastOne(windows, name(), tokens.length, 2);
    }
  }

  /**
   * The chunks of llama.cpp's perplexity tool: predictions made in the second half of each count,
   * and where the tokenizer adds a beginning-of-sequence token, it replaces each chunk's first.
   */
  record LlamaCpp(int length) implements Protocol {
    @Override
    public String name() {
      return "llamacpp-" + length;
    }

    @Override
    public List<Window> windows(int[] tokens, int bosToken) {
      int added = bosToken >= 0 ? 1 : 0;
      List<Window> windows = new ArrayList<>();
      for (int end = length; end <= tokens.length + added; end += length) {
        int[] window = new int[length];
        int first = end - length;
        for (int i = 0; i < length; i++) {
          boolean bos = bosToken >= 0 && i == 0;
          window[i] = bos ? bosToken : tokens[first + i - added];
        }
        windows.add(new Window(window, length / 2 + 1));
      }
      return Protocol.atLeastOne(windows, name(), tokens.length, length - added);
    }
  }

  /** The default: disjoint blocks of 2048, or of the model's context where that is shorter. */
  static Disjoint forContext(int contextLength) {
    return new Disjoint(Math.min(DEFAULT_LENGTH, contextLength));
  }

  /**
   * A protocol by its name.
   *
   * @throws UserException if there is no such protocol
   */
  static Protocol parse(String name) {
    Matcher matcher = Names.PATTERN.matcher(name);
    if (matcher.matches()) {
      int length = Names.number(name, matcher.group(2), 4);
      String stride = matcher.group(3);
      switch (matcher.group(1)) {
        case "disjoint" -> {
          if (stride == null) {
            return new Disjoint(length);
          }
        }
        case "llamacpp" -> {
          if (stride == null) {
            return new LlamaCpp(length);
          }
        }
        default -> {
          if (stride != null && Names.number(name, stride, 1) < length) {
            return new Sliding(length, Names.number(name, stride, 1));
          }
        }
      }
    }
    throw Names.unknown(name);
  }

  private static List<Window> atLeastOne(
      List<Window> windows, String name, int tokens, int needed) {
    if (windows.isEmpty()) {
      throw new UserException(
          "text: " + tokens + " tokens, but " + name + " needs at least " + needed);
    }
    return List.copyOf(windows);
  }

  /** The grammar of names. */
  final class Names {
    private static final Pattern PATTERN =
        Pattern.compile("(disjoint|sliding|llamacpp)-(\\d+)(?:-(\\d+))?");

    private Names() {}

    private static int number(String name, String digits, int least) {
      if (digits.length() > 9 || Integer.parseInt(digits) < least) {
        throw unknown(name);
      }
      return Integer.parseInt(digits);
    }

    private static UserException unknown(String name) {
      return new UserException(
          "protocol "
              + name
              + ": unknown; use disjoint-N, sliding-N-STRIDE (STRIDE below N) or llamacpp-N");
    }
  }
}
