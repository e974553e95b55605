package io.dipper.hwsim.profile.hardware;

import io.dipper.config.Location;
import io.dipper.config.YamlMapping;
import io.dipper.error.UserException;
import io.dipper.proto.Flash;
import io.dipper.proto.FlashTable;
import io.dipper.proto.FlashTableRow;
import io.dipper.proto.LatencyTail;
import io.dipper.proto.Provenance;
import java.util.List;
import java.util.Map;

/**
 * The check that the numbers of a Flash fit together: a measured table is one and nothing beside it
 * says the same again, and a device that throttles says when and to what.
 */
final class FlashCheck {
  private static final List<String> IN_THE_TABLE =
      List.of(
          "latency",
          "lane_bandwidth",
          "command_size",
          "submission",
          "submission_threads",
          "commands_per_second",
          "crowding",
          "latency_tail");

  private final Map<String, Location> origins;
  private final YamlMapping root;

  private FlashCheck(Map<String, Location> origins, YamlMapping root) {
    this.origins = origins;
    this.root = root;
  }

  /**
   * Throws for the first thing that is wrong.
   *
   * @param origins where each value is written
   * @param root the file that is named where a value is missing
   */
  static void check(Flash flash, Map<String, Location> origins, YamlMapping root) {
    FlashCheck check = new FlashCheck(origins, root);
    check.throttling(flash);
    check.tail(flash);
    if (flash.hasTable()) {
      check.table(flash);
    }
    check.streams(flash);
  }

  private void throttling(Flash flash) {
    if (flash.hasThrottleAfter() && !flash.hasThrottledBandwidth()) {
      throw error(
          "throttle_after",
          "throttle_after stands alone; give throttled_bandwidth too, or write 'throttle_after:"
              + " none'");
    }
    if (flash.hasThrottledBandwidth() && !flash.hasThrottleAfter()) {
      throw error(
          "throttled_bandwidth",
          "throttled_bandwidth stands alone; give throttle_after too (0 s: hot from the start)");
    }
    if (flash.hasCooling() && !flash.hasThrottleAfter()) {
      throw error("cooling", "cooling stands alone; give throttle_after and throttled_bandwidth");
    }
  }

  private void streams(Flash flash) {
    if (flash.hasTable() && flash.hasSequentialBandwidth()) {
      return;
    }
    String why = " is of the streams that sequential_bandwidth beside a table is for; give both";
    if (flash.hasStreamRead()) {
      throw error("stream_read", "stream_read" + why);
    }
    if (flash.hasStreamLanes()) {
      throw error("stream_lanes", "stream_lanes" + why);
    }
  }

  private void tail(Flash flash) {
    LatencyTail tail = flash.getLatencyTail();
    boolean slows = tail.hasFactor() || tail.hasDelay();
    if (flash.hasLatencyTail() && !(tail.hasShare() && slows)) {
      throw error(
          "latency_tail",
          "latency_tail needs a share of commands, and a factor or a delay; write e.g."
              + " 'latency_tail: {share: 1%, factor: 10}'");
    }
  }

  private void table(Flash flash) {
    for (String key : IN_THE_TABLE) {
      if (flash.hasField(Flash.getDescriptor().findFieldByName(key))) {
        throw error(
            key, key + " stands beside a table, which holds it already; write '" + key + ": none'");
      }
    }
    FlashTable table = flash.getTable();
    checkRising("lanes", table.getLanesList());
    checkRows(table.getRowsList());
    for (FlashTableRow row : table.getRowsList()) {
      if (row.getThroughputCount() != table.getLanesCount()) {
        throw error(
            "table.rows",
            "a row has "
                + row.getThroughputCount()
                + " throughputs for "
                + table.getLanesCount()
                + " numbers of lanes; give one for each");
      }
    }
    if (table.getFrom() != Provenance.ASSUMED && table.getSource().isEmpty()) {
      throw error(
          "table.from", "the table has no source; add 'source: ...' or write 'from: assumed'");
    }
  }

  private void checkRising(String key, List<Double> values) {
    if (values.isEmpty()) {
      throw error("table." + key, "flash.table." + key + " is missing; give at least one");
    }
    for (int i = 1; i < values.size(); i++) {
      if (values.get(i) <= values.get(i - 1)) {
        throw error("table." + key, key + " must rise from one to the next");
      }
    }
  }

  /** Sizes rise, and of one size the ranges, a row without one last. */
  private void checkRows(List<FlashTableRow> rows) {
    if (rows.isEmpty()) {
      throw error("table.rows", "flash.table.rows is missing; give at least one");
    }
    for (int i = 1; i < rows.size(); i++) {
      FlashTableRow before = rows.get(i - 1);
      FlashTableRow row = rows.get(i);
      boolean sameSize = row.getSize() == before.getSize();
      boolean ranges = row.hasRange() || before.hasRange();
      if (row.getSize() < before.getSize() || sameSize && !ranges) {
        throw error("table.rows", "the sizes of the rows must rise from one to the next");
      }
      if (sameSize && range(row) <= range(before)) {
        throw error(
            "table.rows",
            "the ranges of the rows of one size must rise from one to the next, a row without a"
                + " range last");
      }
    }
  }

  private static double range(FlashTableRow row) {
    return row.hasRange() ? row.getRange() : Double.POSITIVE_INFINITY;
  }

  private UserException error(String key, String message) {
    return ProfilePlaces.error("flash." + key, message, origins, root);
  }
}
