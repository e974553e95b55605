package io.dipper.hwsim.study.quality;

/**
 * What a choice of experts loses of the router's weight, a share, the mean over tokens and layers.
 * Weight that is missing was found to cost far more than weight that other experts get, and so the
 * two count apart.
 *
 * @param fewer lost where fewer experts are computed than the router chose
 * @param others lost where others, or more of them, are
 */
public record LostWeights(double fewer, double others) {
  /** Of a model without experts. */
  public static final LostWeights NONE = new LostWeights(0, 0);
}
