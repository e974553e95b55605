package io.dipper.hwsim.time.engine;

import java.util.List;

/**
 * The steps of one token: those of a layer, for each layer, then the head.
 *
 * @param layers the number L of layers
 * @param layerSteps the steps of a layer in order
 */
record TokenPlan(int layers, List<Step> layerSteps, Step head) {
  TokenPlan {
    layerSteps = List.copyOf(layerSteps);
  }

  /** The number of steps of a token. */
  int size() {
    return layers * layerSteps.size() + 1;
  }

  /** The steps of a token in order, layer by layer. */
  Step[] steps() {
    Step[] steps = new Step[size()];
    for (int i = 0; i < steps.length - 1; i++) {
      steps[i] = layerSteps.get(i % layerSteps.size());
    }
    steps[steps.length - 1] = head;
    return steps;
  }

  /** The same steps with every mask full: what a prompt computes. */
  TokenPlan dense() {
    return new TokenPlan(layers, layerSteps.stream().map(Step::dense).toList(), head);
  }

  /** The layer of a step; L for the head. */
  int layer(int step) {
    return step / layerSteps.size();
  }
}
