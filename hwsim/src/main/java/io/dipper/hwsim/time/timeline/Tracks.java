package io.dipper.hwsim.time.timeline;

import io.dipper.hwsim.time.engine.Activity;
import io.dipper.hwsim.time.engine.Gauge;
import io.dipper.hwsim.time.engine.Place;
import io.dipper.hwsim.time.engine.TransferKind;
import java.util.Locale;

/** The tracks of a timeline, from top to bottom, and the names of what is on them. */
final class Tracks {
  private static final long ROOT = 1;

  /** Tokens, and in each its layers. */
  static final long TOKENS = 2;

  /** What the time is spent on. */
  static final long PROCESSOR = 3;

  private static final long FLASH = 4;
  private static final long PORT_READS = 5;
  private static final long PORT_WRITES = 6;

  /** The hit rate of the mask that was computed last, in percent. */
  static final long HIT_RATE = 7;

  private static final long AHEAD = 8;
  private static final long QUEUE = 9;

  private Tracks() {}

  static void describe(PerfettoTrace trace) {
    trace.root(ROOT, "Simulated device");
    trace.track(TOKENS, ROOT, "Tokens");
    trace.track(PROCESSOR, ROOT, "Processor");
    trace.track(FLASH, ROOT, "Flash");
    trace.track(PORT_READS, ROOT, "DRAM port: reads");
    trace.track(PORT_WRITES, ROOT, "DRAM port: writes from Flash");
    trace.counter(HIT_RATE, ROOT, "Hit rate", "%");
    trace.counter(AHEAD, ROOT, "Read ahead", "bytes");
    trace.counter(QUEUE, ROOT, "Flash queue", "requests");
  }

  static long of(TransferKind kind) {
    return switch (kind) {
      case FLASH_DEMAND, FLASH_STREAM, FLASH_GUESS -> FLASH;
      case DRAM_READ, DRAM_READ_FETCHED, VRAM_READ, LINK -> PORT_READS;
      case DRAM_WRITE -> PORT_WRITES;
    };
  }

  static long of(Gauge gauge) {
    return switch (gauge) {
      case FLASH_QUEUE -> QUEUE;
      case BYTES_AHEAD -> AHEAD;
    };
  }

  static String name(Activity activity) {
    return switch (activity) {
      case FLASH -> "wait for Flash";
      case DRAM -> "read DRAM";
      case COMPUTE -> "compute";
      case SELECT -> "select";
      case GATHER -> "gather";
      case ADMIT -> "admit";
      case LAUNCH -> "launch, synchronise";
      case IDLE -> "idle";
    };
  }

  static String name(TransferKind kind) {
    return switch (kind) {
      case FLASH_DEMAND -> "misses";
      case FLASH_STREAM -> "stream";
      case FLASH_GUESS -> "guess";
      case DRAM_READ -> "resident and cached";
      case DRAM_READ_FETCHED -> "fetched";
      case VRAM_READ -> "in VRAM, beside the port";
      case LINK -> "fetched, over the link";
      case DRAM_WRITE -> "write";
    };
  }

  /** E.g. {@code layer 3 masked MLP}. */
  static String name(Place place, int layers) {
    String what =
        switch (place.step()) {
          case ATTENTION -> "attention";
          case PREDICTOR -> "predictor";
          case ADAPTER -> "adapter";
          case DENSE_MLP -> "dense MLP";
          case MASKED_MLP -> "masked MLP";
          case HEAD -> "head";
        };
    return place.layer() == layers ? what : "layer " + place.layer() + " " + what;
  }

  static String category(Enum<?> kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
