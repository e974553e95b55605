package io.dipper.hwsim.profile.fit;

import io.dipper.hwsim.profile.model.NamedShape;
import io.dipper.hwsim.profile.model.Quantisation;

/**
 * A measured decode speed of a model that lies in memory.
 *
 * @param positions mean length of the KV cache that a token reads
 * @param tokensPerSecond of one sequence
 * @param held whether it is kept from the fit, to test it
 */
public record DecodeRow(
    NamedShape shape,
    Quantisation quantisation,
    double positions,
    double tokensPerSecond,
    boolean held) {
  DecodeRow held(boolean other) {
    return new DecodeRow(shape, quantisation, positions, tokensPerSecond, other);
  }
}
