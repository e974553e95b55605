package io.dipper.hwsim.machine;

import io.dipper.weight.WeightType;

/** What a machine is measured with: the products and the fetches of what executes points on it. */
public interface ExecutionRates {
  /** The type whose columns are gathered, with which more of the time is not arithmetic. */
  WeightType GATHERED = WeightType.Q4_0;

  /** The weights of the longest rows that are multiplied; what is longer are columns. */
  int LONGEST_ROW = 2048;

  /**
   * Weights per second that some threads multiply, of a type and from memory that no cache holds:
   * half of them as rows and half as columns, but only columns where they are longer than rows,
   * which are as long as a model is wide. Columns are of two matrices in turn.
   *
   * @param length the weights of a row or a column
   * @param threads at once
   * @param seconds to take for it
   */
  double weightsPerSecond(WeightType type, int length, int threads, double seconds);

  /**
   * What a column that a mask selects takes longer than one that follows the last, of all that some
   * threads multiply: half of the columns, in order, from a cache that such masks have filled; at
   * least 0.
   *
   * @param length its weights
   * @param seconds to take for it
   */
  double gatherSeconds(int length, int threads, double seconds);

  /**
   * What a product takes beyond the work of its busiest thread: handing it out, and waiting for all
   * to have ended.
   *
   * @param seconds to take for it
   */
  double handOutSeconds(int threads, double seconds);

  /**
   * FLOP per second of attention over keys and values in fp16 that a cache of the processor holds:
   * two for each of their numbers.
   *
   * @param seconds to take for it
   */
  double attentionFlops(int threads, double seconds);

  /**
   * What the fetch of one read takes longer, when the processor has been at work, that is handed to
   * a thread and awaited, than one that who waits makes itself; at least 0.
   *
   * @param file that is read
   * @param lanes threads that wait for something to read
   * @param seconds to take for it
   * @throws io.dipper.error.UserException if a read fails
   */
  double handOverSeconds(DirectFile file, int lanes, double seconds);

  /**
   * Bytes per second of a stream, each of whose reads is copied to where it is used while others
   * are made.
   *
   * @param file that is read
   * @param bytes of each read
   * @param lanes threads that read, each one read at a time
   * @param seconds to take for it
   * @throws io.dipper.error.UserException if a read fails
   */
  double streamBandwidth(DirectFile file, int bytes, int lanes, double seconds);

  /**
   * The seconds of a fetch, when the processor has been at work: reads at places drawn by chance,
   * of which who waits makes the first itself, into memory that no cache holds, each copied from
   * there to where it is used.
   *
   * @param file that is read
   * @param lanes threads that wait for something to read
   * @param reads of the fetch
   * @param bytes of each of them
   * @param seconds to take for it
   * @throws io.dipper.error.UserException if a read fails
   */
  double fetchSeconds(DirectFile file, int lanes, int reads, int bytes, double seconds);

  /**
   * The seconds by which products on all cores take longer while such a fetch is made beside them;
   * at least 0.
   *
   * @param file that is read
   * @param lanes threads that read
   * @param reads of the fetch
   * @param bytes of each of them
   * @param seconds to take for it
   * @throws io.dipper.error.UserException if a read fails
   */
  double delaySeconds(DirectFile file, int lanes, int reads, int bytes, double seconds);
}
