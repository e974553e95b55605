package io.dipper.tracegen.record;

import io.dipper.proto.ModelShape;
import io.dipper.trace.Fp16;
import io.dipper.trace.Site;
import io.dipper.trace.TraceBlock;
import io.dipper.tracegen.runtime.MlpHook;
import io.dipper.tracegen.runtime.Workers;
import java.util.Set;

/** Copies values into a trace block, activations rounded to fp16, and leaves the run as it is. */
final class SiteRecorder implements MlpHook {
  private final ModelShape shape;
  private final Set<Site> sites;
  private final Workers workers;
  private final TraceBlock block;

  SiteRecorder(ModelShape shape, Set<Site> sites, Workers workers, TraceBlock block) {
    this.shape = shape;
    this.sites = sites;
    this.workers = workers;
    this.block = block;
  }

  @Override
  public boolean sees(Site site) {
    return sites.contains(site);
  }

  @Override
  public void at(Site site, int layer, int sequence, int firstPosition, int rows, float[] values) {
    if (!sites.contains(site)) {
      return;
    }
    if (site.element() != Site.Element.FP16) {
      block.put(layer, site, 0, rows, values);
      return;
    }
    int width = site.width(shape);
    short[] column = block.values(layer, site);
    workers.overRows(
        rows,
        (first, end) ->
            block.addSaturated(
                Fp16.encode(values, first * width, column, first * width, (end - first) * width)));
  }
}
