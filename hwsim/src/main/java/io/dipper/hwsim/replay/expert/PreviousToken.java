package io.dipper.hwsim.replay.expert;

import java.util.Arrays;

/**
 * The experts that the token before took in the layer, that of a prompt's end too; nothing for the
 * first token of a sequence.
 */
final class PreviousToken implements LikelyExperts {
  private final int[][] taken;

  PreviousToken(int layers) {
    this.taken = new int[layers][];
    begin();
  }

  @Override
  public void begin() {
    Arrays.fill(taken, NONE);
  }

  @Override
  public void chosen(int layer, Batch batch) {
    int from = batch.count() - batch.ofLastToken();
    if (taken[layer].length != batch.ofLastToken()) {
      taken[layer] = new int[batch.ofLastToken()];
    }
    System.arraycopy(batch.units(), from, taken[layer], 0, batch.ofLastToken());
  }

  @Override
  public int[] of(int layer, int token) {
    return taken[layer];
  }
}
