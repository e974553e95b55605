package io.dipper.hwsim.machine;

import io.dipper.error.UserException;
import io.dipper.hwsim.machine.Measured.Kind;
import io.dipper.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Measures the machine that this runs on. Everything is measured once, then everything again, so
 * that what changes meanwhile (heat, neighbours) is in the spread of each value.
 */
public final class MachineMeasurement {
  /** Bytes of the arrays of all threads that read memory, and the least of one. */
  private static final int MEMORY = 1 << 29;

  private static final int LEAST_MEMORY = 1 << 24;

  /** Bytes of the reads of a stream. */
  public static final int STREAM_READ = 1 << 20;

  /** Its reads that are in flight. */
  public static final int STREAM_LANES = 4;

  /** By how much longer streams are read than anything else, which differ more from one another. */
  private static final int LONGER = 4;

  private final MeasureRequest request;
  private final ExecutionRates rates;
  private final int cores;
  private final CoreCosts costs = new CoreCosts();

  private MachineMeasurement(MeasureRequest request, ExecutionRates rates, int cores) {
    this.request = request;
    this.rates = rates;
    this.cores = cores;
  }

  /**
   * Measures; what an interrupted run has in its journal is not measured again.
   *
   * @param rates of what will execute points
   * @param journal where values are kept, to be removed once they are in a profile
   * @return the spread of each value, in the order of measurement
   * @throws UserException if the disk cannot be measured
   */
  public static Map<Measured, Spread> run(
      MeasureRequest request, ExecutionRates rates, Path journal, Progress progress) {
    int cores = Runtime.getRuntime().availableProcessors();
    return new MachineMeasurement(request, rates, cores).run(journal, progress);
  }

  private Map<Measured, Spread> run(Path journal, Progress progress) {
    MeasuredValues values = MeasuredValues.open(journal, request);
    List<Measured> all;
    try (DirectFile file = TestFile.create(request.folder(), request.fileBytes(), progress);
        PageFaults faults = new PageFaults(file);
        MemoryReads memory = new MemoryReads(cores, Math.max(LEAST_MEMORY, MEMORY / cores))) {
      checkSizes(file);
      Place place = new Place(file, faults, new MappedReads(file), memory);
      all = all(place);
      progress.start("measuring", "values", (long) all.size() * request.repeats());
      for (int repeat = 0; repeat < request.repeats(); repeat++) {
        for (Measured what : all) {
          if (values.repeats(what) <= repeat) {
            values.add(what, value(what, place, repeat));
          }
          progress.advance(1);
        }
      }
    }
    Map<Measured, Spread> spreads = new LinkedHashMap<>();
    all.forEach(what -> spreads.put(what, values.spread(what)));
    return spreads;
  }

  private void checkSizes(DirectFile file) {
    int least = request.sizes().get(0);
    if (least % file.alignment() != 0) {
      throw new UserException(
          "reads of "
              + least
              + " B: direct reads of this disk are multiples of "
              + file.alignment()
              + " B");
    }
  }

  /** What is read. */
  private record Place(
      DirectFile file, PageFaults faults, MappedReads mapped, MemoryReads memory) {}

  /** Faults are among them where they are what they are to be. */
  private List<Measured> all(Place place) {
    List<Measured> all = new ArrayList<>();
    for (int size : request.sizes()) {
      request.lanes().forEach(lanes -> all.add(Measured.reads(size, lanes)));
    }
    all.add(new Measured(Kind.STREAM, STREAM_READ, STREAM_LANES));
    int lanes = request.mostLanes();
    all.add(Measured.of(Kind.HAND_OVER, lanes));
    all.addAll(FetchCosts.measured(Kind.FETCH, lanes));
    all.addAll(FetchCosts.measured(Kind.DELAY, lanes));
    if (place.faults.areOfOnePage() && place.mapped.areCold()) {
      all.add(Measured.of(Kind.FAULT, 1));
      all.add(new Measured(Kind.SCAN, place.mapped.bytes(), 1));
      all.add(Measured.of(Kind.HIT, 1));
      if (StorageReads.readAhead(request.folder()).isPresent()) {
        all.add(Measured.of(Kind.READ_AHEAD, 1));
      }
    }
    for (int threads = 1; threads < cores; threads *= 2) {
      all.add(Measured.of(Kind.MEMORY, threads));
    }
    all.add(Measured.of(Kind.MEMORY, cores));
    all.add(Measured.of(Kind.MULTIPLY_ADD, 1));
    all.add(Measured.of(Kind.SELECT, 1));
    VectorCosts.LENGTHS.forEach(n -> all.add(Measured.products(Kind.GATHER, n, cores)));
    all.add(Measured.products(Kind.GATHER, VectorCosts.LONGEST, cores));
    all.add(Measured.of(Kind.HAND_OUT, cores));
    all.add(Measured.of(Kind.ATTENTION, cores));
    for (Kind kind : Kind.values()) {
      if (kind.weights() != null) {
        Stream.concat(VectorCosts.LENGTHS.stream(), VectorCosts.LONGER.stream())
            .distinct()
            .forEach(n -> all.add(Measured.products(kind, n, cores)));
      }
    }
    return all;
  }

  private double value(Measured what, Place place, int repeat) {
    double seconds = request.seconds();
    DirectFile file = place.file;
    return switch (what.kind()) {
      case RANDOM_READS ->
          new DiskReads(what.size(), what.threads(), file.bytes())
              .throughput(file, seconds, repeat);
      case STREAM -> rates.streamBandwidth(file, what.size(), what.threads(), LONGER * seconds);
      case HAND_OVER -> rates.handOverSeconds(file, what.threads(), seconds);
      case FETCH ->
          rates.fetchSeconds(file, request.mostLanes(), what.threads(), what.size(), seconds);
      case DELAY ->
          rates.delaySeconds(file, request.mostLanes(), what.threads(), what.size(), seconds);
      case FAULT -> place.faults.seconds(seconds, repeat);
      case SCAN -> place.mapped.scanBandwidth();
      case HIT -> place.mapped.hitSeconds();
      case READ_AHEAD -> StorageReads.readAhead(request.folder()).orElseThrow();
      case MEMORY -> place.memory.bandwidth(what.threads(), seconds);
      case MULTIPLY_ADD -> costs.flopsPerCore(seconds);
      case SELECT -> costs.selectPerElement(seconds);
      case GATHER -> rates.gatherSeconds(what.size(), what.threads(), seconds);
      case ATTENTION -> rates.attentionFlops(what.threads(), seconds);
      case HAND_OUT -> rates.handOutSeconds(what.threads(), seconds);
      case PRODUCTS_F32,
          PRODUCTS_F16,
          PRODUCTS_Q8_0,
          PRODUCTS_Q4_1,
          PRODUCTS_Q4_0,
          PRODUCTS_Q4_K,
          PRODUCTS_Q6_K ->
          rates.weightsPerSecond(
              Objects.requireNonNull(what.kind().weights()), what.size(), what.threads(), seconds);
    };
  }
}
