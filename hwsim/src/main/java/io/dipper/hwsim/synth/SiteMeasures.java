package io.dipper.hwsim.synth;

import io.dipper.config.Digits;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.HitRates;
import io.dipper.hwsim.replay.demand.Replay;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.replay.select.TopK;
import io.dipper.hwsim.replay.unit.BlockShape;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.parallel.TaskPool;
import io.dipper.progress.Progress;
import io.dipper.proto.CacheSpec;
import io.dipper.proto.SiteMeasure;
import io.dipper.trace.Fp16;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import io.dipper.trace.SiteStatistics.Percentiles;
import io.dipper.trace.TraceStatistics;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What masks and caches see of a recording, site by site: magnitudes, how long units stay among the
 * largest, and hit rates. The same numbers of a recording and of a trace that was drawn from it say
 * how well it was matched. Means over at most 8 layers and the first 1024 tokens.
 */
public final class SiteMeasures {
  private static final int MOST_LAYERS = 8;
  private static final int MOST_TOKENS = 1024;
  private static final int UNITS = 64;
  private static final double CACHED = 0.4;
  private static final String POLICY = "dip:density=0.5";

  private final Excerpt recording;
  private final boolean[] begins;

  private SiteMeasures(Excerpt recording) {
    this.recording = recording;
    this.begins = recording.begins();
  }

  /** The measures of each recorded site. */
  public static List<SiteMeasure> of(Recording whole, int threads, Progress progress) {
    Excerpt excerpt = Excerpt.of(whole, MOST_LAYERS, MOST_TOKENS);
    SiteMeasures measures = new SiteMeasures(excerpt);
    int layers = excerpt.layers().length;
    List<Site> sites =
        excerpt.sites().stream().filter(Site.ofDenseLayers()::contains).sorted().toList();
    SiteMeasure[][] found = new SiteMeasure[sites.size()][layers];
    progress.start("measuring", "columns", (long) sites.size() * layers);
    try (TaskPool pool = new TaskPool(threads)) {
      pool.run(
          IntStream.range(0, sites.size() * layers)
              .filter(i -> excerpt.has(i % layers, sites.get(i / layers)))
              .<Runnable>mapToObj(
                  i ->
                      () -> {
                        int site = i / layers;
                        found[site][i % layers] = measures.column(i % layers, sites.get(site));
                        progress.advance(1);
                      })
              .toList());
    }
    List<HitRates> rates = measures.hitRates(threads, progress);
    return IntStream.range(0, sites.size())
        .mapToObj(s -> mean(sites.get(s), known(found[s]), rates))
        .toList();
  }

  /** Those of the layers that have the site. */
  private static List<SiteMeasure> known(SiteMeasure[] layers) {
    return Arrays.stream(layers).filter(Objects::nonNull).toList();
  }

  private SiteMeasure column(int layer, Site site) {
    SiteColumn column = recording.column(layer, site);
    Percentiles magnitudes = TraceStatistics.of(column, layer, site).shape().percentiles();
    int step = Math.max(1, column.width() / UNITS);
    int[] units = IntStream.range(0, column.width() / step).map(i -> i * step).toArray();
    double[][] scores = SampledColumn.of(column, units).normalScores();
    return SiteMeasure.newBuilder()
        .setP50(magnitudes.p50())
        .setP90(magnitudes.p90())
        .setP99(magnitudes.p99())
        .setP999(magnitudes.p999())
        .setLag1(SampledColumn.autocorrelation(scores, begins, 1))
        .setOverlapHalf(overlap(column, column.width() / 2))
        .setOverlapTenth(overlap(column, column.width() / 10))
        .build();
  }

  /** The share of a token's k largest that are among the k largest of the token before. */
  private double overlap(SiteColumn column, int k) {
    TopK top = new TopK(column.width());
    UnitSet before = new UnitSet(column.width());
    UnitSet now = new UnitSet(column.width());
    short[] row = new short[column.width()];
    int[] keys = new int[column.width()];
    long both = 0;
    long selected = 0;
    for (int t = 0; t < begins.length; t++) {
      column.read(t, row);
      for (int i = 0; i < row.length; i++) {
        keys[i] = TopK.key(Fp16.decode(row[i]));
      }
      top.select(keys, k, now);
      if (!begins[t]) {
        for (int w = 0; w < now.words().length; w++) {
          both += Long.bitCount(now.words()[w] & before.words()[w]);
        }
        selected += k;
      }
      UnitSet swap = before;
      before = now;
      now = swap;
    }
    return selected == 0 ? 1 : (double) both / selected;
  }

  /**
   * The hit rates of DIP with LRU, then LFU; empty where the sites that it needs were not recorded.
   */
  private List<HitRates> hitRates(int threads, Progress progress) {
    if (Experts.in(recording.model()) || !recording.sites().containsAll(Set.of(Site.X, Site.GLU))) {
      return List.of();
    }
    MaskPolicy policy =
        Policies.create(
            Policies.resolve(Policies.parse(POLICY)),
            new PolicyContext(recording.model(), recording));
    int[] columns =
        policy.groups().stream().mapToInt(group -> (int) (CACHED * group.units())).toArray();
    List<ReplayPoint> points =
        List.of("lru", "lfu").stream()
            .map(cache -> CacheSpec.newBuilder().setPolicy(cache).build())
            .map(cache -> new ReplayPoint(policy, cache, columns, 0))
            .toList();
    List<Demand> demands = new Replay(recording, threads, progress).run(points);
    return demands.stream().map(HitRates::of).toList();
  }

  private static SiteMeasure mean(Site site, List<SiteMeasure> layers, List<HitRates> rates) {
    SiteMeasure.Builder mean = SiteMeasure.newBuilder().setSite(site.id());
    for (var field : SiteMeasure.getDescriptor().getFields()) {
      if (field.getNumber() != SiteMeasure.SITE_FIELD_NUMBER) {
        double sum = layers.stream().mapToDouble(m -> (double) m.getField(field)).sum();
        mean.setField(field, Digits.four(sum / layers.size()));
      }
    }
    boolean replayed = !rates.isEmpty() && (site == Site.X || site == Site.GLU);
    mean.setHitRateLru(replayed ? rate(site, rates.get(0)) : -1);
    mean.setHitRateLfu(replayed ? rate(site, rates.get(1)) : -1);
    return mean.build();
  }

  private static double rate(Site site, HitRates rates) {
    return Digits.four(rates.in(site == Site.X ? BlockShape.INPUTS : BlockShape.GLU_UNITS));
  }
}
