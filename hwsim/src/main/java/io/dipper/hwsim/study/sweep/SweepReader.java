package io.dipper.hwsim.study.sweep;

import io.dipper.config.Location;
import io.dipper.config.MessageReader;
import io.dipper.config.YamlDocument;
import io.dipper.config.YamlMapping;
import io.dipper.config.YamlNode;
import io.dipper.config.YamlScalar;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.profile.hardware.ResolvedProfile;
import io.dipper.hwsim.profile.model.ModelShapes;
import io.dipper.hwsim.profile.model.NamedShape;
import io.dipper.hwsim.profile.model.Quantisation;
import io.dipper.hwsim.profile.model.Quantisations;
import io.dipper.hwsim.profile.model.ShapeRecording;
import io.dipper.hwsim.replay.cache.CacheStarts;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.cache.OverflowRules;
import io.dipper.hwsim.replay.demand.Speculations;
import io.dipper.hwsim.replay.layout.Layouts;
import io.dipper.hwsim.replay.layout.ReadSizes;
import io.dipper.hwsim.replay.layout.UnitOrders;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.study.point.Simulation;
import io.dipper.hwsim.time.accounting.Accountings;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.proto.AccountingKind;
import io.dipper.proto.CacheSpec;
import io.dipper.proto.CacheStart;
import io.dipper.proto.Capacity;
import io.dipper.proto.LayoutKind;
import io.dipper.proto.Speculation;
import io.dipper.proto.UnitOrder;
import io.dipper.proto.WeightBits;
import io.dipper.registry.Choice;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads a sweep file strictly. Paths in it are relative to its folder. */
final class SweepReader {
  private static final List<String> KEYS =
      List.of(
          "trace",
          "model",
          "accounting",
          "hardware",
          "layout",
          "unit_order",
          "max_gap",
          "min_request",
          "speculation",
          "dram",
          "cache_fraction",
          "cache",
          "overflow",
          "cache_start",
          "policy",
          "block_length",
          "prompt_length",
          "bits",
          "stream_static",
          "seed");
  private static final String SIZE = "a number of bytes, e.g. 64 KiB or 0";
  private static final List<String> MODEL_KEYS = List.of("shape", "quant", "tokens");
  private static final long MOST_POINTS = 100_000;

  private final YamlMapping root;
  private final Path file;

  private SweepReader(YamlMapping root, Path file) {
    this.root = root;
    this.file = file;
  }

  static SweepSpec read(Path file) {
    YamlMapping root = YamlDocument.read(file).asMapping("a mapping of " + String.join(", ", KEYS));
    root.allowOnly(KEYS);
    SweepSpec spec = new SweepReader(root, file).spec();
    if (spec.size() > MOST_POINTS) {
      throw root.error(
          "the grid has " + spec.size() + " points, more than " + MOST_POINTS + "; split it");
    }
    return spec;
  }

  private SweepSpec spec() {
    List<AccountingKind> accountings =
        values("accounting", "des or paper", this::accounting, () -> List.of(AccountingKind.DES));
    return new SweepSpec(
        trace(),
        model(),
        accountings,
        values("hardware", "a profile's name or file", this::device, this::missingHardware),
        placements(),
        capacities(),
        caches(),
        values(
            "cache_start", CacheStarts.ALL.choices(), this::start, () -> List.of(CacheStart.COLD)),
        new ChoiceGrid<>(
                Policies.registry(),
                "a policy, e.g. dense or dip: {density: [0.4, 0.5]}",
                file,
                choice -> List.of(Policies.of(choice)))
            .read(root.require("policy")),
        whole("block_length", 1),
        whole("prompt_length", 0),
        bits(),
        root.get("stream_static") instanceof YamlScalar flag && flag.asBoolean(),
        values("seed", "a whole number", SweepReader::seed, () -> List.of(0L)));
  }

  private <T> List<T> values(
      String key, String expected, Function<YamlNode, T> read, Supplier<List<T>> absent) {
    YamlNode node = root.get(key);
    return node == null ? absent.get() : SweepValues.list(node, expected, read);
  }

  private @Nullable Path trace() {
    YamlNode node = root.get("trace");
    return node == null ? null : file.resolveSibling(node.asScalar("a trace file").text());
  }

  private ModelChoice model() {
    YamlNode node = root.get("model");
    if (node == null) {
      return ModelChoice.OF_THE_TRACE;
    }
    YamlMapping model = node.asMapping("a mapping of " + String.join(", ", MODEL_KEYS));
    model.allowOnly(MODEL_KEYS);
    YamlNode quant = model.get("quant");
    Quantisation quantisation =
        quant == null
            ? null
            : SweepValues.placed(
                quant, () -> Quantisations.find(quant.asScalar("a quantisation").text()));
    return new ModelChoice(run(model), quantisation);
  }

  private @Nullable ShapeRecording run(YamlMapping model) {
    YamlNode shape = model.get("shape");
    if (shape == null && model.get("tokens") != null) {
      throw model.keyAt("tokens").error("tokens are for a shape; a trace has its own");
    }
    if (shape == null) {
      return null;
    }
    if (root.get("trace") != null) {
      throw shape.error("a trace is given too, and has a model of its own; keep one of them");
    }
    NamedShape named =
        SweepValues.placed(shape, () -> ModelShapes.find(shape.asScalar("a shape").text()));
    int tokens =
        model.get("tokens") == null ? ShapeRecording.DEFAULT_TOKENS : whole(model, "tokens", 1);
    return SweepValues.placed(shape, () -> new ShapeRecording(named, tokens));
  }

  private AccountingKind accounting(YamlNode node) {
    return SweepValues.placed(
        node, () -> Accountings.ALL.get(node.asScalar("des or paper").text()));
  }

  private Placements placements() {
    return new Placements(
        values(
            "layout", Layouts.ALL.choices(), this::layout, () -> List.of(LayoutKind.COLUMN_MAJOR)),
        values(
            "unit_order", UnitOrders.ALL.choices(), this::order, () -> List.of(UnitOrder.NATURAL)),
        values("max_gap", SIZE, this::size, () -> List.of(0.0)),
        values("min_request", SIZE, this::size, () -> List.of(0.0)),
        values(
            "speculation",
            Speculations.ALL.choices(),
            this::speculation,
            () -> List.of(Speculation.NO_SPECULATION)));
  }

  private LayoutKind layout(YamlNode node) {
    return SweepValues.placed(
        node, () -> Layouts.ALL.get(node.asScalar(Layouts.ALL.choices()).text()));
  }

  private UnitOrder order(YamlNode node) {
    return SweepValues.placed(
        node, () -> UnitOrders.ALL.get(node.asScalar(UnitOrders.ALL.choices()).text()));
  }

  private double size(YamlNode node) {
    return SweepValues.placed(node, () -> ReadSizes.parse(node.asScalar(SIZE).text()));
  }

  private List<SweepSpec.Device> missingHardware() {
    throw root.error("the key 'hardware' is missing; add e.g. 'hardware: [paper, apple-a18]'");
  }

  private SweepSpec.Device device(YamlNode node) {
    String text = node.asScalar("a profile's name or file").text();
    if (!isFile(text)) {
      ResolvedProfile builtIn = SweepValues.placed(node, () -> HardwareProfiles.resolve(text));
      return new SweepSpec.Device(builtIn, null, List.of());
    }
    Path profile = file.resolveSibling(text);
    ResolvedProfile own = HardwareProfiles.resolve(profile.toString());
    return new SweepSpec.Device(own, profile, own.files());
  }

  private static boolean isFile(String name) {
    return name.endsWith(".yaml") || name.endsWith(".yml") || name.contains("/");
  }

  private List<Capacity> capacities() {
    YamlNode dram = root.get("dram");
    YamlNode fraction = root.get("cache_fraction");
    if (dram != null && fraction != null) {
      Location second = root.keyAt("cache_fraction");
      throw second.error("dram is given too, and a cache fraction takes no DRAM limit; keep one");
    }
    if (fraction != null) {
      return SweepValues.numbers(fraction, "a share from 0 to 1", true).stream()
          .map(n -> SweepValues.placed(n.at(), () -> Capacities.cacheFraction(n.value())))
          .toList();
    }
    if (dram == null) {
      throw root.error(
          "neither 'dram' nor 'cache_fraction' is given; add e.g. 'dram: [40%, 3 GB]'");
    }
    String expected = "a DRAM limit, e.g. 50% or 3.5 GB";
    return SweepValues.list(
        dram,
        expected,
        n -> SweepValues.placed(n, () -> Capacities.dram(n.asScalar(expected).text())));
  }

  private List<CacheSpec> caches() {
    List<String> rules =
        values("overflow", "an overflow rule", this::overflow, () -> List.<String>of());
    ChoiceGrid<CacheSpec> grid =
        new ChoiceGrid<>(
            Caches.registry(), "a cache, e.g. lfu", file, choice -> Caches.each(choice, rules));
    YamlNode node = root.get("cache");
    return node == null ? Caches.each(Choice.of(Simulation.DEFAULT_CACHE), rules) : grid.read(node);
  }

  private Speculation speculation(YamlNode node) {
    return SweepValues.placed(
        node, () -> Speculations.ALL.get(node.asScalar(Speculations.ALL.choices()).text()));
  }

  private CacheStart start(YamlNode node) {
    return SweepValues.placed(
        node, () -> CacheStarts.ALL.get(node.asScalar(CacheStarts.ALL.choices()).text()));
  }

  private String overflow(YamlNode node) {
    String rule = node.asScalar("an overflow rule").text();
    SweepValues.placed(node, () -> OverflowRules.ALL.find(rule));
    return rule;
  }

  private WeightBits bits() {
    YamlNode node = root.get("bits");
    WeightBits.Builder bits = WeightBits.newBuilder();
    if (node != null) {
      YamlMapping mapping = node.asMapping("bits per weight, e.g. {mlp: 4, head: 8}");
      new MessageReader().read(mapping, bits);
      for (YamlNode value : mapping.values().values()) {
        double number = value.asScalar("a number of bits").asDouble("a number of bits");
        if (number <= 0 || number > 64) {
          throw value.error("found " + value.describe() + "; expected a number of bits up to 64");
        }
      }
    }
    return bits.build();
  }

  private int whole(String key, int least) {
    return whole(root, key, least);
  }

  private static int whole(YamlMapping mapping, String key, int least) {
    YamlNode node = mapping.get(key);
    if (node == null) {
      return 0;
    }
    String expected = "a whole number of tokens, at least " + least;
    long value = node.asScalar(expected).asLong(expected);
    if (value < least || value > Integer.MAX_VALUE) {
      throw node.wrongKind(expected);
    }
    return (int) value;
  }

  private static long seed(YamlNode node) {
    long seed = node.asScalar("a whole number").asLong("a whole number");
    if (seed < 0) {
      throw node.wrongKind("a whole number that is not negative");
    }
    return seed;
  }
}
