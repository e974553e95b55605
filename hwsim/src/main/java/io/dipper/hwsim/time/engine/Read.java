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

  /** Equal parts of it that are of use by themselves; they come one after another. */
  int parts = 1;

  private int begun;

  /** What it takes of the buffer that guesses wait in. */
  double stagedBytes;

  /** Whether its step waits for it. */
  boolean awaited;

  Read(TransferKind kind, Fetch fetch) {
    this.kind = kind;
    this.fetch = fetch;
  }

  /** Its first part begins. */
  void begin() {
    begun = 1;
  }

  /** Goes on to the next part, if there is one. */
  boolean hasMoreParts() {
    if (begun == parts) {
      return false;
    }
    begun++;
    return true;
  }

  /** The parts that have not come. */
  int partsLeft() {
    return parts - begun + 1;
  }

  /**
   * Lengthens it while it is under way: another read, of parts as large as its own, waits in the
   * queue behind it.
   */
  void join(Read other) {
    parts += other.parts;
    fetch.join(other.fetch);
  }

  /**
   * How long the part that begins now takes: what so many parts take on an idle device, less what
   * one part fewer does.
   */
  double partSeconds() {
    double before = begun == 1 ? 0 : fetch.unitsSeconds(begun - 1);
    return Math.max(0, fetch.unitsSeconds(begun) - before);
  }

  /** Whether it has begun for a step that has not used it. */
  boolean isBegun() {
    return state == State.BEGUN || state == State.COME;
  }
}
