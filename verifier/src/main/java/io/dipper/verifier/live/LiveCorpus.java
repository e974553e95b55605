package io.dipper.verifier.live;

import io.dipper.error.UserException;
import io.dipper.trace.SequenceSpan;
import io.dipper.trace.TraceReader;
import io.dipper.tracegen.corpus.Protocol;
import io.dipper.tracegen.corpus.Window;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The tokens that are run live: the windows of a perplexity protocol, each a sequence of its own.
 *
 * @param protocol its name, as in every result
 */
public record LiveCorpus(String protocol, List<Window> windows) {

  /**
   * The sequences of a trace that fit into so many tokens.
   *
   * @throws UserException if not even the first one does
   */
  public static LiveCorpus ofTrace(TraceReader trace, int maxTokens) {
    int[] tokens = trace.tokenIds();
    List<Window> windows = new ArrayList<>();
    int longest = 0;
    for (SequenceSpan span : trace.sequences()) {
      int end = span.firstRow() + span.length();
      if (end > maxTokens) {
        break;
      }
      longest = Math.max(longest, span.length());
      windows.add(new Window(Arrays.copyOfRange(tokens, span.firstRow(), end), 1));
    }
    if (windows.isEmpty()) {
      throw new UserException(
          "tokens: "
              + maxTokens
              + " do not hold the trace's first sequence of "
              + trace.sequences().get(0).length());
    }
    return new LiveCorpus(new Protocol.Disjoint(longest).name(), List.copyOf(windows));
  }

  /**
   * The windows of a text's first tokens.
   *
   * @throws UserException if they are too few for the protocol
   */
  public static LiveCorpus ofTokens(Protocol protocol, int[] tokens, int bosToken, int maxTokens) {
    int[] first = Arrays.copyOf(tokens, Math.min(tokens.length, maxTokens));
    return new LiveCorpus(protocol.name(), protocol.windows(first, bosToken));
  }

  /** The number of tokens of each window. */
  public int[] lengths() {
    return windows.stream().mapToInt(w -> w.tokens().length).toArray();
  }

  /** Whether a trace begins with the same sequences. */
  public boolean isBeginningOf(TraceReader trace) {
    List<SequenceSpan> spans = trace.sequences();
    if (spans.size() < windows.size()) {
      return false;
    }
    int[] tokens = trace.tokenIds();
    for (int w = 0; w < windows.size(); w++) {
      int first = spans.get(w).firstRow();
      int end = first + spans.get(w).length();
      int[] window = windows.get(w).tokens();
      if (!Arrays.equals(tokens, first, end, window, 0, window.length)) {
        return false;
      }
    }
    return true;
  }

  /** A digest of what is run and what is scored, in lower-case hex. */
  public String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Window window : windows) {
        int[] tokens = window.tokens();
        ByteBuffer bytes =
            ByteBuffer.allocate(Integer.BYTES * (2 + tokens.length))
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(tokens.length)
                .putInt(window.firstScored());
        bytes.asIntBuffer().put(tokens);
        digest.update(bytes.array());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
