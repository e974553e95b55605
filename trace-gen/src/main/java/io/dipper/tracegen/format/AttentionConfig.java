package io.dipper.tracegen.format;

import java.util.Optional;

/**
 * The arithmetic of a model's self-attention.
 *
 * @param scale factor on query-key products, usually 1/sqrt(head dim)
 * @param softCap c of {@code c tanh(score / c)}, which bounds the scaled scores before the softmax;
 *     0 for none
 * @param clip bound on the magnitudes of query, key and value before the rotation; 0 for none
 * @param windows which layers are local, and how far those see
 * @param rope rotary position embedding of the layers that are not local
 * @param ownLocalRope of the local layers where it differs (gemma3)
 */
public record AttentionConfig(
    float scale,
    float softCap,
    float clip,
    AttentionWindows windows,
    Rope rope,
    Optional<Rope> ownLocalRope) {

  /** The rotary position embedding of the local layers. */
  public Rope localRope() {
    return ownLocalRope.orElse(rope);
  }
}
