package io.dipper.hwsim.time.schedule;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The steps of one token: those of a layer, for each layer, then the head.
 *
 * @param layers the steps of each layer in order, of the same kinds in all
 */
public record TokenPlan(List<List<Step>> layers, Step head) {
  public TokenPlan {
    layers = layers.stream().map(List::copyOf).toList();
  }

  /** The number of steps of a layer. */
  public int layerSize() {
    return layers.get(0).size();
  }

  /** The steps of a token in order, layer by layer. */
  public Step[] steps() {
    return Stream.concat(layers.stream().flatMap(List::stream), Stream.of(head))
        .toArray(Step[]::new);
  }

  /** The steps, each changed. */
  TokenPlan with(UnaryOperator<Step> change) {
    List<List<Step>> changed =
        layers.stream().map(layer -> layer.stream().map(change).toList()).toList();
    return new TokenPlan(changed, change.apply(head));
  }

  /** The steps with every mask full: what a prompt computes. */
  TokenPlan dense() {
    return with(Step::dense);
  }

  /** The layer of a step; L for the head. */
  public int layer(int step) {
    return step / layerSize();
  }
}
