package io.dipper.trace;

import io.dipper.proto.ModelShape;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The recorded activations of one dense run, whoever holds them: a trace file, or arrays in memory.
 * Rows count over all sequences, which follow one another. Safe for use by many threads.
 */
public interface Recording {
  /** The shape of the model that ran. */
  ModelShape model();

  /** The recorded sites. */
  Set<Site> sites();

  /** The number of tokens of each sequence, in order; a copy. */
  int[] sequenceLengths();

  /**
   * One site of one layer.
   *
   * @throws io.dipper.error.UserException if the site was not recorded; it names the site and the
   *     command that records it
   */
  SiteColumn column(int layer, Site site);

  /** The model's column norms, or null where they were not recorded. */
  @Nullable ColumnNorms norms();
}
