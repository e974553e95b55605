package io.dipper.hwsim.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tokens that an engine computed in one pass: a prompt, whose lines come layer by layer, or one
 * decoded token.
 */
final class RoutePass {
  private final int turn;
  private final boolean decode;
  private final int firstStep;
  private final List<TokenRoutes> tokens = new ArrayList<>();

  /**
   * @param turn of a conversation
   * @param decode whether its token was decoded; else they are the turn's prompt
   * @param firstStep the number of its first token
   */
  RoutePass(int turn, boolean decode, int firstStep) {
    this.turn = turn;
    this.decode = decode;
    this.firstStep = firstStep;
  }

  int turn() {
    return turn;
  }

  boolean decode() {
    return decode;
  }

  /** Its tokens in order. */
  List<TokenRoutes> tokens() {
    return tokens;
  }

  /** Whether a line belongs to this pass. */
  boolean takes(int ofTurn, boolean decoded, int step) {
    return ofTurn == turn && decoded == decode && (!decode || step == firstStep);
  }

  /** What is wrong with a pass that begins after this one, if anything. */
  Optional<String> gapTo(RoutePass next) {
    int end = firstStep + tokens.size();
    boolean follows =
        next.turn == turn
            ? next.decode && next.firstStep == end
            : next.turn == turn + 1 && (decode || tokens.size() > 0);
    return follows
        ? Optional.empty()
        : Optional.of(next + " comes after step " + (end - 1) + " of turn " + turn);
  }

  /**
   * The token of a step, new where its first line comes; empty where a step before it is missing.
   */
  Optional<TokenRoutes> token(int step, RouteHeader header) {
    int index = step - firstStep;
    if (index < 0 || index > tokens.size()) {
      return Optional.empty();
    }
    if (index == tokens.size()) {
      tokens.add(new TokenRoutes(header.layers(), header.perToken()));
    }
    return Optional.of(tokens.get(index));
  }

  /** What is missing, now that all of the pass is there. */
  Optional<String> missing() {
    for (int t = 0; t < tokens.size(); t++) {
      boolean mayLackLast = t < tokens.size() - 1;
      Optional<String> missing = tokens.get(t).missing(mayLackLast);
      if (missing.isPresent()) {
        return Optional.of(describe(firstStep + t) + ": " + missing.get());
      }
    }
    return Optional.empty();
  }

  /** One of its steps, for messages. */
  String describe(int step) {
    return "step " + step + " of turn " + turn + (decode ? " (decode)" : " (prompt)");
  }

  @Override
  public String toString() {
    return describe(firstStep);
  }
}
