package io.dipper.hwsim.time.memory;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What memory is taken for. */
public enum MemoryPart {
  /** Query, key, value and output projections of all layers. */
  ATTENTION("attention"),
  /** Attention, norms, routers and dense or shared MLPs of all layers, as the file has them. */
  DENSE_LAYERS("attention, norms, routers"),
  /** The output head. */
  HEAD("head"),
  /** MLP matrices that no mask covers. */
  DENSE_MLP("dense MLP matrices"),
  /** Weights that predict masks. */
  PREDICTORS("predictors"),
  /** Low-rank maps beside the model's matrices. */
  ADAPTERS("adapters"),
  /** Keys and values of a whole block, from the first token on. */
  KV_CACHE("KV cache"),
  /** The caches of units. */
  UNIT_CACHES("unit caches"),
  /** The caches of experts. */
  EXPERT_CACHES("expert caches"),
  /** Pages of the mapped file that the operating system keeps. */
  PAGE_CACHE("page cache"),
  /** What is read ahead, stays in no cache, and waits for its step. */
  READ_AHEAD("read-ahead buffer"),
  /** What is fetched for a layer before its mask is known. */
  STAGING("staging of guesses");

  /** The static weights, which every token reads whole. */
  public static final Set<MemoryPart> WEIGHTS =
      Collections.unmodifiableSet(
          EnumSet.of(ATTENTION, DENSE_LAYERS, HEAD, DENSE_MLP, PREDICTORS, ADAPTERS));

  private final String title;

  MemoryPart(String title) {
    this.title = title;
  }

  /** The name in words, for a table. */
  public String title() {
    return title;
  }

  /** As a key of a result file, e.g. {@code kv_cache}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
