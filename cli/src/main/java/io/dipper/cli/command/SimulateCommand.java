package io.dipper.cli.command;

import io.dipper.cli.console.ShownProgress;
import io.dipper.config.Shares;
import io.dipper.error.UserException;
import io.dipper.files.CommandFiles;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.profile.hardware.ResolvedProfile;
import io.dipper.hwsim.replay.cache.CacheStarts;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.Speculations;
import io.dipper.hwsim.replay.layout.Layouts;
import io.dipper.hwsim.replay.layout.ReadSizes;
import io.dipper.hwsim.replay.layout.UnitOrders;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.study.point.AccessFile;
import io.dipper.hwsim.study.point.SimulatedPoint;
import io.dipper.hwsim.study.point.Simulation;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.RowJson;
import io.dipper.hwsim.study.result.SensitivityRow;
import io.dipper.hwsim.table.CsvTable;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.hwsim.time.timeline.RunFiles;
import io.dipper.hwsim.time.timeline.TokenRange;
import io.dipper.proto.AccountingKind;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.PointConfig;
import io.dipper.proto.PolicySpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dipper simulate}: one point. */
@Command(
    name = "simulate",
    description = "Simulates one point: a policy, a cache and a memory on a device.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  dipper simulate --trace t.arrow --hardware apple-a18 --policy dip-ca:density=0.5 --cache-fraction 0.5",
      "  dipper simulate --shape llama-2-7b --quant q4_0 --policy dense --dram 100%% --hardware snapdragon-8-gen-3",
      "  dipper simulate --trace t.arrow --hardware snapdragon-8-gen-3 --policy dip:density=0.5 --dram 50%% --layout bundled --order co-activation --max-gap 16KiB",
      "  dipper simulate --trace t.arrow --hardware apple-a18 --policy dense --dram 60%% --timeline dense.pftrace --timeline-tokens 0..3"
    })
public final class SimulateCommand implements Runnable {
  /** The forms of the result. */
  enum Format {
    table,
    csv,
    json
  }

  /** How much may be kept in DRAM: one of two forms. */
  static final class Memory {
    @Option(
        names = "--dram",
        paramLabel = "SIZE",
        description =
            "DRAM: 3.5 GB, or 50%% of the bytes of all weights and the KV cache at the end of the"
                + " context.")
    private @Nullable String dram;

    @Option(
        names = "--cache-fraction",
        paramLabel = "F",
        description =
            "A cache of that share of each site's columns, e.g. 0.5 or 50%%, and no DRAM limit.")
    private @Nullable String cacheFraction;
  }

  @Spec private CommandSpec spec;
  @Mixin private RunOptions run;

  @Mixin private ModelOptions model;

  @Option(
      names = "--hardware",
      completionCandidates = KnownNames.OfHardware.class,
      required = true,
      paramLabel = "P",
      description = "A profile's name, or a profile file (dipper hardware list).")
  private String hardware;

  @Option(
      names = "--policy",
      completionCandidates = KnownNames.OfPolicies.class,
      required = true,
      paramLabel = "SPEC",
      description = "The mask: name, or name:key=value,... (dipper policies list).")
  private String policy;

  @ArgGroup private @Nullable Memory memory;

  @Option(
      names = "--cache",
      completionCandidates = KnownNames.OfCaches.class,
      defaultValue = Simulation.DEFAULT_CACHE,
      paramLabel = "NAME",
      description =
          "The cache: name, or name:key=value,... (dipper policies list) (default: ${DEFAULT-VALUE}).")
  private String cache;

  @Option(
      names = "--cache-start",
      defaultValue = "cold",
      paramLabel = "KIND",
      description =
          "What caches hold when a sequence begins: nothing (cold), what the one before left"
              + " (carried), or the trace's largest units (prefilled) (default: ${DEFAULT-VALUE}).")
  private String cacheStart;

  @Option(
      names = "--speculation",
      defaultValue = "none",
      paramLabel = "KIND",
      description =
          "What is fetched before a mask is known: none, or previous-layer, what the same mask of"
              + " the layer before selects (default: ${DEFAULT-VALUE}).")
  private String speculation;

  @Option(
      names = "--layout",
      completionCandidates = KnownNames.OfLayouts.class,
      defaultValue = "column-major",
      paramLabel = "KIND",
      description =
          "Units on Flash: column-major; bundled, what a mask's matrices have of a unit side by"
              + " side; or row-major (default: ${DEFAULT-VALUE}).")
  private String layout;

  @Option(
      names = "--order",
      defaultValue = "natural",
      paramLabel = "ORDER",
      description =
          "Of units on Flash: natural, or co-activation, those that the trace selects together side"
              + " by side (default: ${DEFAULT-VALUE}).")
  private String order;

  @Option(
      names = "--max-gap",
      defaultValue = "0",
      paramLabel = "SIZE",
      description =
          "Reads no further apart than this are one, and what lies between is thrown away, e.g."
              + " 64KiB (default: ${DEFAULT-VALUE}).")
  private String maxGap;

  @Option(
      names = "--min-request",
      defaultValue = "0",
      paramLabel = "SIZE",
      description =
          "A smaller read of Flash is made as large, e.g. 16KiB (default: ${DEFAULT-VALUE}).")
  private String minRequest;

  @Option(
      names = "--stream-static",
      description =
          "What every token reads (attention, head) streams from Flash too, where it does not fit.")
  private boolean streamStatic;

  @Option(
      names = "--accounting",
      defaultValue = "des",
      paramLabel = "KIND",
      description =
          "des: simulated event by event; paper: the closed form (default: ${DEFAULT-VALUE}).")
  private AccountingKind accounting;

  @Option(
      names = "--format",
      defaultValue = "table",
      paramLabel = "FORM",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Option(
      names = "--ledger",
      paramLabel = "FILE",
      description =
          "A CSV of where the time goes: a line per token and layer. Replaced if it is there.")
  private @Nullable Path ledger;

  @Option(
      names = "--timeline",
      paramLabel = "FILE",
      description =
          "A timeline of some tokens, to be opened in Perfetto (ui.perfetto.dev). Replaced if it is there.")
  private @Nullable Path timeline;

  @Option(
      names = "--timeline-tokens",
      paramLabel = "A..B",
      description =
          "The tokens of the timeline, counted from 0 over all sequences (default: the first "
              + RunFiles.DEFAULT_TOKENS
              + ").")
  private @Nullable String timelineTokens;

  @Mixin private AccessOptions accesses;

  @Option(
      names = "--sensitivity",
      description =
          "Instead of the point, how much its speed changes with each number of the device, down and"
              + " up by a tenth, by one, or to half and double, over the first "
              + Simulation.SENSITIVITY_TOKENS
              + " tokens.")
  private boolean sensitivity;

  @Override
  public void run() {
    ResolvedProfile device = HardwareProfiles.resolve(hardware);
    PrintWriter err = spec.commandLine().getErr();
    ProfileNotes.print(device.profile().getName(), device.warnings(), err);
    PointConfig config = config(device.profile());
    RunFiles files = files();
    Optional<AccessFile> log = accesses.file(files.isEmpty() && !sensitivity);
    checkFiles(device, config.getPolicy());
    try (ShownProgress progress = run.progress()) {
      model.simulate(
          run.threads(),
          progress,
          simulation -> {
            PointConfig complete = simulation.complete(config);
            if (sensitivity) {
              printSensitivity(simulation, complete, spec.commandLine().getOut());
              return;
            }
            SimulatedPoint point =
                log.map(file -> simulation.run(complete, file))
                    .orElseGet(() -> run(simulation, complete, files));
            progress.close();
            print(point, spec.commandLine().getOut());
          });
    }
  }

  private void printSensitivity(Simulation simulation, PointConfig config, PrintWriter out) {
    List<SensitivityRow> rows = simulation.sensitivities(List.of(simulation.plan(config)));
    switch (format) {
      case json -> out.println(RowJson.array(rows));
      case csv -> out.print(csv(SensitivityRow.class, rows));
      case table -> SensitivityTable.print(rows, out);
    }
  }

  private static SimulatedPoint run(Simulation simulation, PointConfig config, RunFiles files) {
    return files.isEmpty() ? simulation.run(config) : simulation.run(config, files);
  }

  private RunFiles files() {
    if (sensitivity && (ledger != null || timeline != null)) {
      throw new UserException(
          "--sensitivity runs the point many times; write its ledger or timeline by itself");
    }
    if (timelineTokens != null && timeline == null) {
      throw new UserException("--timeline-tokens says nothing without --timeline FILE; add it");
    }
    TokenRange tokens = timelineTokens == null ? null : TokenRange.parse(timelineTokens);
    return new RunFiles(ledger, timeline, tokens);
  }

  private void checkFiles(ResolvedProfile device, PolicySpec mask) {
    CommandFiles files =
        model.inputs(new CommandFiles()).writes("--ledger", ledger).writes("--timeline", timeline);
    device.files().forEach(file -> files.reads("--hardware", file));
    Policies.files(mask).forEach(file -> files.reads("--policy", file));
    Caches.files(Caches.parse(cache)).forEach(file -> files.reads("--cache", file));
    accesses.outputs(files).check();
  }

  private PointConfig config(HardwareProfile device) {
    PointConfig.Builder config =
        PointConfig.newBuilder()
            .setAccounting(accounting)
            .setLayout(Layouts.ALL.get(layout))
            .setUnitOrder(UnitOrders.ALL.get(order))
            .setMaxGap(ReadSizes.parse(maxGap))
            .setMinRequest(ReadSizes.parse(minRequest))
            .setHardware(device)
            .setPolicy(Policies.parse(policy))
            .setCache(Caches.parse(cache))
            .setCacheStart(CacheStarts.ALL.get(cacheStart))
            .setSpeculation(Speculations.ALL.get(speculation))
            .setStreamStatic(streamStatic);
    model.setLengths(config);
    if (memory != null && memory.dram != null) {
      config.setCapacity(Capacities.dram(memory.dram));
    }
    if (memory != null && memory.cacheFraction != null) {
      config.setCapacity(Capacities.cacheFraction(Shares.parse(memory.cacheFraction)));
    }
    return config.build();
  }

  private void print(SimulatedPoint point, PrintWriter out) {
    switch (format) {
      case json -> out.println(point.json());
      case csv -> out.print(csv(PointRow.class, List.of(point.row())));
      case table -> PointTable.print(point, out);
    }
  }

  private static <R extends Record> String csv(Class<R> type, List<R> rows) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      CsvTable.write(bytes, type, rows);
    } catch (IOException e) {
      throw new IllegalStateException("memory takes every byte", e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
