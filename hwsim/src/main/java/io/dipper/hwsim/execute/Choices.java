package io.dipper.hwsim.execute;

/**
 * What a run of tokens chooses of a model, step by step, and what of it then stays in memory, as
 * the caches of the point say.
 */
interface Choices {
  /**
   * A sequence begins; what its caches hold is brought into memory.
   *
   * @param first its first row
   */
  void begin(int first);

  /**
   * A token is about to begin: what is recorded of it is read, and what is known before of its
   * choices is made.
   *
   * @param position in its sequence
   * @param left tokens of the sequence that are still to run, this one among them
   */
  void prepare(int row, int position, int left);

  /** Goes through a step that chooses: its choice, its phases, its caches. */
  void run(int row, int step);

  /** Gives up all memory. */
  void forget();
}
