package io.dipper.hwsim.time.engine;

/** A read of Flash for one step; its object serves one step after another. */
final class Read {
  enum State {
    /** There is none. */
    NONE,
    /** It can begin. */
    OFFERED,
    /** It has begun, whether or not another goes first. */
    BEGUN,
    /** All of it has come. */
    COME
  }

  final TransferKind kind;
  final Fetch fetch;
  State state = State.NONE;
  int step;

  /** Whether its step waits for it. */
  boolean awaited;

  Read(TransferKind kind, Fetch fetch) {
    this.kind = kind;
    this.fetch = fetch;
  }

  /** Whether it has begun for a step that has not used it. */
  boolean isBegun() {
    return state == State.BEGUN || state == State.COME;
  }
}
