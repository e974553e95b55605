package io.dipper.hwsim.replay.unit;

import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;

/**
 * Activations that a selector looks at: those of a recorded site, in the layer whose units it
 * chooses or in an earlier one, of the same token.
 *
 * @param layersBack how many layers earlier; 0 for the layer itself
 */
public record Signal(Site site, int layersBack) {
  public Signal {
    if (layersBack < 0) {
      throw new IllegalArgumentException("a signal of a later layer is not known yet");
    }
  }

  /** The activations of a site in the layer itself. */
  public static Signal of(Site site) {
    return new Signal(site, 0);
  }

  /** The layer whose activations a layer looks at: the first one where none lies so far back. */
  public int layer(int layer) {
    return Math.max(0, layer - layersBack);
  }

  /**
   * The activations that a layer looks at.
   *
   * @throws io.dipper.error.UserException if the site was not recorded
   */
  public SiteColumn column(Recording recording, int layer) {
    return recording.column(layer(layer), site);
  }

  /** The name in result tables: {@code x}, or {@code x-1} for that of the layer before. */
  public String id() {
    return layersBack == 0 ? site.id() : site.id() + "-" + layersBack;
  }
}
