package io.dipper.hwsim.execute.read;

import java.util.Arrays;
import java.util.List;

/**
 * A stretch of a file that is to be read.
 *
 * @param start in bytes, the beginning of a page
 * @param end in bytes, the end of a page
 */
public record Stretch(long start, long end) {
  /** The pages that hold some bytes. */
  public static Stretch pages(long from, long to, int page) {
    return new Stretch(from / page * page, (to + page - 1) / page * page);
  }

  /**
   * Adds reads of some stretches to a batch, each stretch cut at pages into equal reads.
   *
   * @param requests the reads of all stretches together, at least one of each
   */
  public static void addReads(
      List<Stretch> stretches, int requests, int page, Batch batch, Batch.Sink sink) {
    int[] reads = shares(stretches, requests);
    for (int i = 0; i < reads.length; i++) {
      stretches.get(i).addReads(reads[i], page, batch, sink);
    }
  }

  /** How many reads each gets: the next one is where the largest reads are. */
  private static int[] shares(List<Stretch> stretches, int requests) {
    int[] shares = new int[stretches.size()];
    Arrays.fill(shares, 1);
    for (int left = requests - shares.length; left > 0; left--) {
      int largest = 0;
      for (int i = 1; i < shares.length; i++) {
        if (stretches.get(i).size() / shares[i] > stretches.get(largest).size() / shares[largest]) {
          largest = i;
        }
      }
      shares[largest]++;
    }
    return shares;
  }

  /** Its bytes. */
  public long size() {
    return end - start;
  }

  private void addReads(int reads, int page, Batch batch, Batch.Sink sink) {
    long pages = size() / page;
    for (int i = 0; i < reads; i++) {
      long from = start + pages * i / reads * page;
      long to = start + pages * (i + 1) / reads * page;
      if (from < to) {
        batch.add(new Batch.Part(from, Math.toIntExact(to - from), sink));
      }
    }
  }
}
