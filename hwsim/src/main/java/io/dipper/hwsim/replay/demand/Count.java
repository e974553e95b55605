package io.dipper.hwsim.replay.demand;

/** What a demand counts for every token, layer and group. */
public enum Count {
  /** Units that the mask selects. */
  SELECTED,
  /** Selected units that were cached. */
  HITS,
  /** Runs of adjacent units that are fetched: selected, not cached, and not fetched ahead. */
  MISSED_RUNS,
  /** Units between such runs that are read and thrown away. */
  OVERREAD,
  /** Units in the blocks of rows in which missed ones lie, gaps between them that are read over. */
  BLOCK_UNITS,
  /** Runs of adjacent units that they form. */
  BLOCK_RUNS,
  /** Experts that were likely before the router had spoken, cached or not. */
  LIKELY,
  /** How many of them the token took. */
  LIKELY_RIGHT,
  /** Units fetched before the mask was known. */
  GUESSED,
  /** Runs of adjacent units that they form. */
  GUESSED_RUNS,
  /** How many of them the mask selects. */
  GUESSED_RIGHT,
  /** Page faults: reads that the operating system begins for a page that is absent. */
  FAULTS,
  /** Reads that it begins ahead of use, while a fault or an earlier such read is waited for. */
  AHEAD_READS,
  /** Uses of pages that are there, by the time of the use. */
  PAGE_HITS,
  /** Pages that they read, or that missed or wrongly guessed experts and missed columns lie in. */
  PAGES_READ,
  /** Reads of whole pages that fetch missed columns of experts. */
  READS,
  /** Experts, or columns of them, that tokens compute, the sum over the tokens of a step. */
  COMPUTED,
  /** Experts that the router chose and the policy left out. */
  DROPPED,
  /** The sum of their weights, in millionths. */
  DROPPED_WEIGHT,
  /** What is lost of the router's weight where fewer experts are computed, in millionths. */
  LOST_TO_FEWER,
  /** What is lost of it where other experts are computed, in millionths. */
  LOST_TO_OTHERS
}
