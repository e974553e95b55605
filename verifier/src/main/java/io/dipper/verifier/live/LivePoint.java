package io.dipper.verifier.live;

import io.dipper.hwsim.replay.demand.MaskIdentity;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.proto.AdapterSpec;

/**
 * What of a point is run live: its masks and caches, in the model with the point's adapter.
 *
 * @param adapter the default instance for none
 */
public record LivePoint(ReplayPoint replay, AdapterSpec adapter) {
  /**
   * What a perplexity depends on beside the model and the tokens.
   *
   * @param adapterSha256 empty for none
   */
  public record Identity(MaskIdentity masks, String adapterSha256) {}

  /** What its perplexity depends on; points with equal ones share a pass through the model. */
  public Identity identity() {
    return new Identity(replay.masks(), adapter.getSha256());
  }
}
