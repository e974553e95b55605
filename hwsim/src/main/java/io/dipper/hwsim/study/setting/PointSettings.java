package io.dipper.hwsim.study.setting;

import io.dipper.hwsim.replay.cache.CacheStarts;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.Speculations;
import io.dipper.hwsim.replay.layout.Layouts;
import io.dipper.hwsim.replay.layout.UnitOrders;
import io.dipper.hwsim.study.setting.Role.Topic;
import io.dipper.hwsim.table.Column;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.proto.Accepted;
import io.dipper.proto.AccountingKind;
import io.dipper.proto.AdapterSpec;
import io.dipper.proto.CacheSpec;
import io.dipper.proto.CacheStart;
import io.dipper.proto.Capacity;
import io.dipper.proto.LayoutKind;
import io.dipper.proto.PointConfig;
import io.dipper.proto.PolicySpec;
import io.dipper.proto.Speculation;
import io.dipper.proto.UnitOrder;
import io.dipper.proto.WeightBits;
import java.util.Comparator;
import java.util.List;

/**
 * The settings of a point, in the order of a sweep: of its points those lie side by side that
 * differ in the last one.
 */
public final class PointSettings {
  public static final Setting<AccountingKind> ACCOUNTING = DeviceSettings.ACCOUNTING;
  public static final Setting<Device> HARDWARE = DeviceSettings.HARDWARE;
  public static final Setting<String> BACKEND = DeviceSettings.BACKEND;

  public static final Setting<LayoutKind> LAYOUT =
      Setting.of(
              Spelling.of(
                      "layout",
                      new NamedValues<>(Layouts.ALL),
                      "Units on Flash: column-major; bundled, what a mask's matrices have of a"
                          + " unit side by side; row-major; as-stored, row by row in a file's"
                          + " blocks of weights; or auto, the fastest with its order and gap")
                  .option("--layout", "KIND"),
              Role.way(Topic.FETCHING),
              PointConfig::getLayout,
              PointConfig.Builder::setLayout)
          .or(LayoutKind.COLUMN_MAJOR)
          .column("layout");

  public static final Setting<UnitOrder> UNIT_ORDER =
      Setting.of(
              Spelling.of(
                      "unit_order",
                      new NamedValues<>(UnitOrders.ALL),
                      "Of units on Flash: natural, or co-activation, those that the trace selects"
                          + " together side by side")
                  .option("--order", "ORDER"),
              Role.way(Topic.FETCHING),
              PointConfig::getUnitOrder,
              PointConfig.Builder::setUnitOrder)
          .or(UnitOrder.NATURAL)
          .column("unit_order");

  public static final Setting<Double> MAX_GAP =
      Setting.of(
              Spelling.of(
                      "max_gap",
                      new SizeValues(),
                      "Reads no further apart than this are one, and what lies between is thrown"
                          + " away")
                  .option("--max-gap", "SIZE"),
              Role.way(Topic.FETCHING),
              PointConfig::getMaxGap,
              PointConfig.Builder::setMaxGap)
          .or(0.0)
          .column(Column.optional("max_gap_bytes", Double.class), PointConfig::getMaxGap);

  public static final Setting<Double> MIN_REQUEST =
      Setting.of(
              Spelling.of(
                      "min_request", new SizeValues(), "A smaller read of Flash is made as large")
                  .option("--min-request", "SIZE"),
              Role.way(Topic.FETCHING),
              PointConfig::getMinRequest,
              PointConfig.Builder::setMinRequest)
          .or(0.0)
          .column(Column.optional("min_request_bytes", Double.class), PointConfig::getMinRequest);

  public static final Setting<Speculation> SPECULATION =
      Setting.of(
              Spelling.of(
                      "speculation",
                      new NamedValues<>(Speculations.ALL),
                      "What is read before it is asked for: of columns previous-layer or look-ahead; of"
                          + " experts previous-token, hot or router-ahead")
                  .option("--speculation", "KIND"),
              Role.way(Topic.FETCHING),
              PointConfig::getSpeculation,
              PointConfig.Builder::setSpeculation)
          .or(Speculation.NO_SPECULATION)
          .column("speculation");

  public static final Setting<Capacity> MEMORY =
      Setting.of(
              Spelling.of(
                      "dram",
                      new DramValues(),
                      "DRAM: 3.5 GB, or 50% of the bytes of all weights and the KV cache at the"
                          + " end of the context")
                  .option("--dram", "SIZE")
                  .example("[40%, 3 GB]"),
              Role.condition(Topic.MEMORY),
              PointConfig::getCapacity,
              PointConfig.Builder::setCapacity)
          .or(
              Spelling.of(
                      "cache_fraction",
                      new CacheFractions(),
                      "A cache of that share of each site's units, e.g. 0.5 or 50%, and no DRAM"
                          + " limit")
                  .option("--cache-fraction", "F"))
          .or(
              Spelling.of(
                      "cache_size",
                      new CacheSizes(),
                      "Of a model with experts the bytes that all cached ones may take, and no DRAM"
                          + " limit")
                  .option("--cache-size", "SIZE"))
          .named("memory", Capacities::describe)
          .column("capacity");

  private static final CacheSpec LFU = CacheSpec.newBuilder().setPolicy("lfu").build();

  public static final Setting<CacheSpec> CACHE =
      Setting.of(
              Spelling.of(
                      "cache",
                      new CacheChoices(LFU),
                      "The cache: name, or name:key=value,... (dipper policies list)")
                  .option("--cache", "NAME"),
              Role.way(Topic.MEMORY),
              PointConfig::getCache,
              PointConfig.Builder::setCache)
          .or(LFU)
          .column(required("cache"), config -> config.getCache().getPolicy())
          .column(
              Column.optional("cache_params", String.class),
              config -> CanonicalJson.of(Caches.choice(config.getCache()).parameters()));

  public static final Setting<CacheStart> CACHE_START =
      Setting.of(
              Spelling.of(
                      "cache_start",
                      new NamedValues<>(CacheStarts.ALL),
                      "What caches hold when a sequence begins: nothing (cold), what the one"
                          + " before left (carried), the trace's largest units (prefilled), or"
                          + " what a dense prompt left (prompted)")
                  .option("--cache-start", "KIND"),
              Role.condition(Topic.MEMORY),
              PointConfig::getCacheStart,
              PointConfig.Builder::setCacheStart)
          .or(CacheStart.COLD)
          .column("cache_start");

  public static final Setting<PolicySpec> POLICY =
      Setting.of(
              Spelling.of(
                      "policy",
                      new PolicyChoices(),
                      "The mask: name, or name:key=value,... (dipper policies list)")
                  .option("--policy", "SPEC")
                  .example("[dense, 'dip:density=0.5']"),
              Role.way(Topic.MASK),
              PointConfig::getPolicy,
              PointConfig.Builder::setPolicy)
          .column(required("policy"), config -> config.getPolicy().getName())
          .column(
              required("policy_params"),
              config -> CanonicalJson.of(config.getPolicy().getParameters()));

  public static final Setting<AdapterSpec> ADAPTER = Adapters.SETTING;

  public static final Setting<Long> WINDOW = StepSettings.WINDOW;
  public static final Setting<Accepted> ACCEPTED = StepSettings.ACCEPTED;

  public static final Setting<Long> BLOCK_LENGTH =
      Setting.of(
              Spelling.of(
                      "block_length",
                      WholeNumbers.tokens(1),
                      "Tokens that the KV cache has grown to at the end")
                  .option("--context", "N"),
              Role.common(Topic.RUN),
              config -> (long) config.getBlockLength(),
              (config, tokens) -> config.setBlockLength(tokens.intValue()))
          .or(0L, "the trace's blocks, or prompt and tokens")
          .column(Column.optional("block_length", Integer.class), PointConfig::getBlockLength);

  public static final Setting<Long> PROMPT_LENGTH =
      Setting.of(
              Spelling.of(
                      "prompt_length",
                      WholeNumbers.tokens(0),
                      "Tokens of the prompt: the first of a trace's sequences, or those before what"
                          + " is generated")
                  .option("--prompt", "N"),
              Role.common(Topic.RUN),
              config -> (long) config.getPromptLength(),
              (config, tokens) -> config.setPromptLength(tokens.intValue()))
          .or(0L, "none")
          .column(Column.optional("prompt_length", Integer.class), PointConfig::getPromptLength);

  public static final Setting<WeightBits> BITS = BitsOfWeights.SETTING;

  public static final Setting<Boolean> STREAM_STATIC =
      Setting.of(
              Spelling.of(
                      "stream_static",
                      new Flags(),
                      "What every token reads (attention, head) streams from Flash too, where it"
                          + " does not fit")
                  .option("--stream-static", ""),
              Role.common(Topic.RUN),
              PointConfig::getStreamStatic,
              PointConfig.Builder::setStreamStatic)
          .or(false)
          .named("static weights", config -> config.getStreamStatic() ? "may stream" : "resident");

  public static final Setting<Long> SEED =
      Setting.of(
              Spelling.of(
                      "seed",
                      new WholeNumbers("a whole number that is not negative", 0, Long.MAX_VALUE),
                      "For what is drawn by chance: by caches, and slow commands of Flash")
                  .option("--seed", "N"),
              Role.way(Topic.RUN),
              PointConfig::getSeed,
              PointConfig.Builder::setSeed)
          .or(0L)
          .column(Column.required("seed", long.class), PointConfig::getSeed);

  /** All of them. */
  public static final List<Setting<?>> ALL =
      List.of(
          ACCOUNTING,
          HARDWARE,
          BACKEND,
          LAYOUT,
          UNIT_ORDER,
          MAX_GAP,
          MIN_REQUEST,
          SPECULATION,
          MEMORY,
          CACHE,
          CACHE_START,
          POLICY,
          ADAPTER,
          WINDOW,
          ACCEPTED,
          BLOCK_LENGTH,
          PROMPT_LENGTH,
          BITS,
          STREAM_STATIC,
          SEED);

  private PointSettings() {}

  private static Column required(String text) {
    return Column.required(text, String.class);
  }

  /** All of them, in the order in which a reader asks for them. */
  public static List<Setting<?>> byTopic() {
    return ALL.stream()
        .sorted(Comparator.comparing((Setting<?> setting) -> setting.role().topic()))
        .toList();
  }
}
