package io.dipper.hwsim.replay.demand;

import io.dipper.proto.Speculation;
import io.dipper.registry.Description;
import io.dipper.registry.Registry;

/** What can be fetched before a mask is known, the default first. */
public final class Speculations {
  public static final Registry<Speculation> ALL =
      Registry.of(
          "speculation",
          Description.of("none", "nothing", "-").by(Speculation.NO_SPECULATION),
          Description.of(
                  "previous-layer",
                  "what the mask of the layer before over the same units selects",
                  "-")
              .by(Speculation.PREVIOUS_LAYER),
          Description.of(
                  "look-ahead", "what a mask itself selects that is known a layer early", "-")
              .by(Speculation.LOOK_AHEAD),
          Description.of(
                  "previous-token", "the experts that the token before took in the layer", "-")
              .by(Speculation.PREVIOUS_TOKEN),
          Description.of(
                  "hot", "the k experts that the layer's router chose most often in the trace", "-")
              .by(Speculation.HOT_EXPERTS),
          Description.of(
                  "router-ahead",
                  "the k experts that the layer's router chooses by what enters the layer before;"
                      + " the trace needs site router_ahead",
                  "Eliseev and Mazur, arXiv 2312.17238")
              .by(Speculation.ROUTER_AHEAD));

  private Speculations() {}
}
