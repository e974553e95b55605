package io.dipper.hwsim.study.result;

import org.jspecify.annotations.Nullable;

/**
 * What came of one mask of a point: a row of {@code groups.parquet} and {@code groups.csv}. A point
 * has one for each group of its policy. Counts are totals over layers and tokens.
 *
 * @param group the place of the mask in its policy, from 0 on, in the order of computation
 */
public record GroupRow(
    String pointId, int group, Mask mask, Sizes sizes, Counts counts, Recall recall) {
  /**
   * How well a mask that is predicted finds the largest activations: of the k largest of a token,
   * the share that its mask of k units has, the mean over tokens; null where a mask is chosen by
   * the activations themselves, or the trace lacks them.
   *
   * @param recall the mean over layers
   * @param recallByLayer of each layer, to four places, joined by spaces
   */
  public record Recall(@Nullable Double recall, @Nullable String recallByLayer) {}

  /**
   * What a mask is.
   *
   * @param signals what the selector looks at, joined by {@code +}: {@code x}, or {@code x-1} for
   *     the site in the layer before
   * @param space the units that are chosen among: {@code x} the input columns, {@code h} the GLU
   *     units
   * @param covers the matrices of which only the selected units are read, joined by {@code +}
   */
  public record Mask(String signals, String space, String covers) {}

  /**
   * How large units and their cache are.
   *
   * @param units their number N in a layer
   * @param unitBytes of a unit, in all matrices that are covered; of experts the mean over layers
   * @param cacheUnits the capacity of a layer's cache
   */
  public record Sizes(int units, double unitBytes, int cacheUnits) {}

  /**
   * What was counted.
   *
   * @param selected units that took part
   * @param hits of them that were cached
   * @param read units that Flash read: the missed ones, guesses, gaps that were read over, and what
   *     lies in one block of a file with them; null where pages are read
   * @param pagesRead pages that faults read; null where units are read
   * @param hitRate hits over selected units, the mean over tokens and layers
   * @param retainedEnergy the share of the energy that the mask keeps, the mean over layers; null
   *     where the trace does not tell
   */
  public record Counts(
      long selected,
      long hits,
      @Nullable Long read,
      @Nullable Long pagesRead,
      @Nullable Double hitRate,
      @Nullable Double retainedEnergy) {}
}
