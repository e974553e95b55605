package io.dipper.tracegen.learn;

import io.dipper.trace.Site;
import io.dipper.tracegen.learn.AttentionGradient.Gradients;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * One decoder layer, frozen, with trained maps beside its matrices: {@code s' = s + W_o attention(
 * norm s)}, {@code s'' = s' + W_down (silu(W_gate x) ⊙ W_up x)}, {@code x = norm s'}, with masks at
 * the sites of the MLP.
 */
record LayerGradient(
    RmsGradient attentionNorm,
    Projections attention,
    AttentionGradient heads,
    RmsGradient mlpNorm,
    Mlp mlp) {
  /** The projections of attention. */
  record Projections(
      AdaptedProduct query, AdaptedProduct key, AdaptedProduct value, AdaptedProduct output) {}

  /** The matrices of the MLP. */
  record Mlp(AdaptedProduct gate, AdaptedProduct up, AdaptedProduct down) {}

  /**
   * What a backward pass needs of a forward pass. Closing it releases all but the residual stream
   * before and behind the layer.
   *
   * @param state the residual stream before the layer
   * @param normed the input of attention
   * @param middle the residual stream between attention and MLP
   * @param out the residual stream behind the layer
   */
  record Pass(
      INDArray state,
      INDArray normed,
      AttentionGradient.Pass heads,
      INDArray middle,
      MlpPass mlp,
      INDArray out,
      Scratch saved)
      implements AutoCloseable {
    @Override
    public void close() {
      saved.close();
    }
  }

  /**
   * Of the MLP.
   *
   * @param x its input, masked
   * @param gate before the activation
   * @param activated behind it, masked, as up
   * @param glu masked
   */
  record MlpPass(
      INDArray x, INDArray gate, INDArray activated, INDArray up, INDArray glu, Masks masks) {}

  /** The masks of the four sites; null for all. */
  record Masks(
      @Nullable INDArray x,
      @Nullable INDArray gate,
      @Nullable INDArray up,
      @Nullable INDArray glu) {}

  Pass forward(INDArray state, int layer, SiteMasks masks, boolean adapted) {
    Scratch saved = new Scratch();
    INDArray normed = saved.of(attentionNorm.forward(state));
    AttentionGradient.Pass pass;
    try (Scratch scratch = new Scratch()) {
      pass =
          heads.forward(
              scratch.of(attention.query().forward(normed, adapted)),
              scratch.of(attention.key().forward(normed, adapted)),
              scratch.of(attention.value().forward(normed, adapted)),
              saved);
    }
    INDArray middle = saved.of(attention.output().forward(pass.out(), adapted)).addi(state);
    MlpPass inMlp = mlp(mlpNorm.forward(middle), layer, masks.savedIn(saved), adapted);
    INDArray out = mlp.down().forward(inMlp.glu(), adapted).addi(middle);
    return new Pass(state, normed, pass, middle, inMlp, out, saved);
  }

  private MlpPass mlp(INDArray x, int layer, SiteMasks.Saved masks, boolean adapted) {
    INDArray maskX = masks.apply(Site.X, layer, x);
    INDArray gate = masks.saved().of(mlp.gate().forward(x, adapted));
    INDArray activated = Transforms.sigmoid(gate, true).muli(gate);
    INDArray maskGate = masks.apply(Site.GATE, layer, activated);
    INDArray up = mlp.up().forward(x, adapted);
    INDArray maskUp = masks.apply(Site.UP, layer, up);
    INDArray glu = activated.mul(up);
    INDArray maskGlu = masks.apply(Site.GLU, layer, glu);
    return new MlpPass(x, gate, activated, up, glu, new Masks(maskX, maskGate, maskUp, maskGlu));
  }

  /** The gradient of the state before the layer from that behind it; maps keep their own. */
  INDArray backward(Pass pass, INDArray dOut) {
    try (Scratch scratch = new Scratch()) {
      INDArray dx = scratch.of(backward(pass.mlp(), dOut));
      INDArray dMiddle = scratch.of(mlpNorm.backward(pass.middle(), dx)).addi(dOut);
      INDArray dHeads = scratch.of(attention.output().backward(pass.heads().out(), dMiddle));
      Gradients d = heads.backward(pass.heads(), dHeads, scratch);
      INDArray dNormed = scratch.of(attention.query().backward(pass.normed(), d.query()));
      attention.key().backward(pass.normed(), d.key(), dNormed);
      attention.value().backward(pass.normed(), d.value(), dNormed);
      return attentionNorm.backward(pass.state(), dNormed).addi(dMiddle);
    }
  }

  private INDArray backward(MlpPass pass, INDArray dOut) {
    Masks masks = pass.masks();
    try (Scratch scratch = new Scratch()) {
      INDArray dGlu = scratch.of(mlp.down().backward(pass.glu(), dOut));
      SiteMasks.apply(masks.glu(), dGlu);
      INDArray dUp = scratch.of(dGlu.mul(pass.activated()));
      SiteMasks.apply(masks.up(), dUp);
      INDArray dGate = dGlu.muli(pass.up());
      SiteMasks.apply(masks.gate(), dGate);
      dGate.muli(scratch.of(slope(pass.gate())));
      INDArray dx = mlp.gate().backward(pass.x(), dGate);
      mlp.up().backward(pass.x(), dUp, dx);
      SiteMasks.apply(masks.x(), dx);
      return dx;
    }
  }

  /** silu' = σ (1 + g (1 − σ)). */
  private static INDArray slope(INDArray gate) {
    INDArray sigmoid = Transforms.sigmoid(gate, true);
    INDArray slope = sigmoid.rsub(1).muli(gate).addi(1).muli(sigmoid);
    sigmoid.close();
    return slope;
  }
}
