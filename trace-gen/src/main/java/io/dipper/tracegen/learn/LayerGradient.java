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
   * What a backward pass needs of a forward pass.
   *
   * @param state the residual stream before the layer
   * @param normed the input of attention
   * @param middle the residual stream between attention and MLP
   */
  record Pass(
      INDArray state,
      INDArray normed,
      AttentionGradient.Pass heads,
      INDArray middle,
      MlpPass mlp,
      INDArray out) {}

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
    INDArray normed = attentionNorm.forward(state);
    AttentionGradient.Pass pass =
        heads.forward(
            attention.query().forward(normed, adapted),
            attention.key().forward(normed, adapted),
            attention.value().forward(normed, adapted));
    INDArray middle = state.add(attention.output().forward(pass.out(), adapted));
    MlpPass inMlp = mlp(mlpNorm.forward(middle), layer, masks, adapted);
    INDArray out = middle.add(mlp.down().forward(inMlp.glu(), adapted));
    return new Pass(state, normed, pass, middle, inMlp, out);
  }

  private MlpPass mlp(INDArray input, int layer, SiteMasks masks, boolean adapted) {
    INDArray maskX = masks.of(Site.X, layer, input);
    INDArray x = SiteMasks.apply(maskX, input);
    INDArray gate = mlp.gate().forward(x, adapted);
    INDArray silu = Transforms.sigmoid(gate, true).muli(gate);
    INDArray maskGate = masks.of(Site.GATE, layer, silu);
    INDArray activated = SiteMasks.apply(maskGate, silu);
    INDArray all = mlp.up().forward(x, adapted);
    INDArray maskUp = masks.of(Site.UP, layer, all);
    INDArray up = SiteMasks.apply(maskUp, all);
    INDArray product = activated.mul(up);
    INDArray maskGlu = masks.of(Site.GLU, layer, product);
    INDArray glu = SiteMasks.apply(maskGlu, product);
    return new MlpPass(x, gate, activated, up, glu, new Masks(maskX, maskGate, maskUp, maskGlu));
  }

  /** The gradient of the state before the layer from that behind it; maps keep their own. */
  INDArray backward(Pass pass, INDArray dOut) {
    INDArray dMiddle = dOut.add(mlpNorm.backward(pass.middle(), backward(pass.mlp(), dOut)));
    INDArray dHeads = attention.output().backward(pass.heads().out(), dMiddle);
    Gradients d = heads.backward(pass.heads(), dHeads);
    INDArray dNormed = attention.query().backward(pass.normed(), d.query());
    dNormed.addi(attention.key().backward(pass.normed(), d.key()));
    dNormed.addi(attention.value().backward(pass.normed(), d.value()));
    return dMiddle.add(attentionNorm.backward(pass.state(), dNormed));
  }

  private INDArray backward(MlpPass pass, INDArray dOut) {
    Masks masks = pass.masks();
    INDArray dGlu = SiteMasks.apply(masks.glu(), mlp.down().backward(pass.glu(), dOut));
    INDArray dUp = SiteMasks.apply(masks.up(), dGlu.mul(pass.activated()));
    INDArray dSilu = SiteMasks.apply(masks.gate(), dGlu.mul(pass.up()));
    // silu' = σ (1 + g (1 − σ))
    INDArray sigmoid = Transforms.sigmoid(pass.gate(), true);
    INDArray slope = sigmoid.rsub(1).muli(pass.gate()).addi(1).muli(sigmoid);
    INDArray dx = mlp.gate().backward(pass.x(), dSilu.mul(slope));
    dx.addi(mlp.up().backward(pass.x(), dUp));
    return SiteMasks.apply(masks.x(), dx);
  }
}
