package io.dipper.hwsim.time.schedule;

/**
 * What a step of one pass reads from memory and computes, now that it is known which of its units
 * are selected and cached. Reused from step to step.
 */
public final class StepWork {
  private final TokenPlan plan;
  private final Step[] steps;
  private final UnitCounts counts;
  private final PassShape pass;
  private int choices;
  private int selected;
  private int hits;
  private double cachedBytes;
  private double vramBytes;
  private double dramBytes;
  private double missedBytes;
  private double fetchedBytes;
  private double admittedBytes;
  private double kvFlops;
  private double cachedWeights;
  private double missedWeights;
  private double cachedFlops;
  private double missedFlops;

  public StepWork(Schedule schedule) {
    this.plan = schedule.plan();
    this.steps = plan.steps();
    this.counts = schedule.counts();
    this.pass = schedule.pass();
  }

  /**
   * Fills in a step.
   *
   * @param row whose counts it follows
   * @param index of the step
   * @param positions the length of the KV cache
   */
  public void load(int row, int index, double positions) {
    Step step = steps[index];
    hits = 0;
    selected = 0;
    choices = counts.tokens(row);
    double computing = 1;
    if (step.isMasked()) {
      int group = step.units().group();
      int layer = plan.layer(index);
      selected = counts.selected(group, layer, row);
      hits = counts.hits(group, layer, row);
      computing = counts.computing(group, layer, row);
    }
    int tokens = pass.tokens() * choices;
    int missed = selected - hits;
    Weights each = step.units().each();
    cachedBytes = step.staticBytes(positions) + hits * each.bytes();
    divide(step, positions);
    fetchedBytes = missed * each.bytes();
    missedBytes = pass.missedAreRead() ? fetchedBytes : 0;
    admittedBytes = step.units().arrival().admitted() ? missed * each.bytes() : 0;
    double attended = pass.attended(positions, step.kv().window());
    cachedWeights = step.weights().count() + hits * each.count();
    missedWeights = missed * each.count();
    kvFlops = tokens * attended * step.kv().flops();
    cachedFlops = tokens * (step.weights().flops() + computing * (hits * each.flops()));
    missedFlops = tokens * (computing * (missed * each.flops()));
  }

  /** Says how much of what is cached lies in which tier, nothing of what is all in one. */
  private void divide(Step step, double positions) {
    Tiers tiers = pass.tiers();
    double weights = step.weights().bytes();
    double kv = step.staticBytes(positions) - weights;
    double units = hits * step.units().bytes();
    vramBytes = tiers.weights() * weights + tiers.kvCache() * kv + tiers.caches() * units;
    dramBytes =
        vramBytes == 0
            ? cachedBytes
            : (1 - tiers.weights()) * weights
                + (1 - tiers.kvCache()) * kv
                + (1 - tiers.caches()) * units;
  }

  /** How often the step chooses units: once for each of the tokens whose counts it follows. */
  public int choices() {
    return choices;
  }

  /** The selected units; 0 where no mask is involved. */
  public int selected() {
    return selected;
  }

  /** Those of them that are cached. */
  public int hits() {
    return hits;
  }

  /** Bytes that are read as soon as the step begins: static weights, KV cache and cached units. */
  public double cachedBytes() {
    return cachedBytes;
  }

  /** Those of them that lie in VRAM. */
  public double vramBytes() {
    return vramBytes;
  }

  /** Those of them that lie in DRAM. */
  public double dramBytes() {
    return dramBytes;
  }

  /** Bytes of fetched units, which pass the link between DRAM and VRAM where there is one. */
  public double fetchedBytes() {
    return fetchedBytes;
  }

  /** Bytes of fetched units that are read again from DRAM. */
  public double missedBytes() {
    return missedBytes;
  }

  /** Bytes of fetched units that the host takes into a cache. */
  public double admittedBytes() {
    return admittedBytes;
  }

  /** Static weights and those of cached units, each once however many tokens are computed. */
  public double cachedWeights() {
    return cachedWeights;
  }

  /** Weights of fetched units. */
  public double missedWeights() {
    return missedWeights;
  }

  /** Arithmetic on the KV cache. */
  public double kvFlops() {
    return kvFlops;
  }

  /** Arithmetic on static weights and cached units. */
  public double cachedFlops() {
    return cachedFlops;
  }

  /** Arithmetic on fetched units. */
  public double missedFlops() {
    return missedFlops;
  }

  /** All arithmetic. */
  public double flops() {
    return kvFlops + cachedFlops + missedFlops;
  }
}
