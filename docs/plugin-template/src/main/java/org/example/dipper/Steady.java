package org.example.dipper;

import io.dipper.hwsim.replay.mask.CacheView;
import io.dipper.hwsim.replay.mask.DeclaredPolicy;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.mask.PolicyFactory;
import io.dipper.hwsim.replay.mask.ScoreSelector;
import io.dipper.hwsim.replay.select.TopK;
import io.dipper.hwsim.replay.unit.Groups;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.registry.Choice;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import io.dipper.registry.Parameter;
import io.dipper.registry.Parameter.Role;
import io.dipper.registry.Trait;
import io.dipper.trace.Site;
import java.util.Arrays;
import java.util.List;

/**
 * Columns of W_down by a moving average of |glu|: a unit that was large lately is kept, so that
 * masks change slowly and caches hit more.
 */
final class Steady {
  static final Declared<PolicyFactory> ENTRY =
      Description.of("steady", "top-k of a moving average of |glu| selects columns of W_down", "-")
          .oneOf(List.of(List.of("keep")))
          .with(
              Parameter.share("keep", 0, "share of the units that is kept").as(Role.AMOUNT),
              Parameter.share("memory", 0, "weight of the tokens before; 0 looks at this one alone")
                  .or(0.5)
                  .as(Role.TRADE))
          .having(Trait.SCORES_ACTIVATIONS)
          .by(Steady::create);

  private Steady() {}

  private static MaskPolicy create(Choice parameters, PolicyContext context) {
    int units = context.shape().getIntermediateSize();
    int k = (int) Math.floor(parameters.number("keep") * units);
    float memory = (float) parameters.number("memory");
    return new DeclaredPolicy(
        parameters,
        Groups.scoredBy(context.shape(), Site.GLU, Matrix.DOWN),
        (layer, group) -> new Selector(units, k, memory));
  }

  /** One layer's masks, token by token. Its buffers are made once: there are many tokens. */
  static final class Selector implements ScoreSelector {
    private final int k;
    private final float memory;
    private final float[] averages;
    private final int[] keys;
    private final TopK topK;

    Selector(int units, int k, float memory) {
      this.k = k;
      this.memory = memory;
      this.averages = new float[units];
      this.keys = new int[units];
      this.topK = new TopK(units);
    }

    @Override
    public void select(float[] scores, int position, CacheView cache, UnitSet mask) {
      if (position == 0) {
        Arrays.fill(averages, 0); // a new sequence
      }
      for (int unit = 0; unit < averages.length; unit++) {
        averages[unit] = memory * averages[unit] + (1 - memory) * Math.abs(scores[unit]);
        keys[unit] = TopK.key(averages[unit]);
      }
      topK.select(keys, k, mask);
    }
  }
}
