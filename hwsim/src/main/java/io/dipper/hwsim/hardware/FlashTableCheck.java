package io.dipper.hwsim.hardware;

import io.dipper.config.Location;
import io.dipper.config.YamlMapping;
import io.dipper.error.UserException;
import io.dipper.proto.Flash;
import io.dipper.proto.FlashTable;
import io.dipper.proto.FlashTableRow;
import io.dipper.proto.Provenance;
import java.util.List;
import java.util.Map;

/** The check that a measured table is one, and that nothing beside it says the same again. */
final class FlashTableCheck {
  private static final List<String> IN_THE_TABLE =
      List.of("latency", "lane_bandwidth", "sequential_bandwidth", "command_size", "submission");

  private final Map<String, Location> origins;
  private final YamlMapping root;

  private FlashTableCheck(Map<String, Location> origins, YamlMapping root) {
    this.origins = origins;
    this.root = root;
  }

  /**
   * Throws for the first thing that is wrong with the table, if there is one.
   *
   * @param origins where each value is written
   * @param root the file that is named where a value is missing
   */
  static void check(Flash flash, Map<String, Location> origins, YamlMapping root) {
    if (flash.hasTable()) {
      new FlashTableCheck(origins, root).check(flash);
    }
  }

  private void check(Flash flash) {
    for (String key : IN_THE_TABLE) {
      if (flash.hasField(Flash.getDescriptor().findFieldByName(key))) {
        throw error(
            key, key + " stands beside a table, which holds it already; write '" + key + ": none'");
      }
    }
    FlashTable table = flash.getTable();
    checkRising("lanes", table.getLanesList());
    checkRising("rows", table.getRowsList().stream().map(FlashTableRow::getSize).toList());
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
        String what = key.equals("rows") ? "the sizes of the rows" : key;
        throw error("table." + key, what + " must rise from one to the next");
      }
    }
  }

  private UserException error(String key, String message) {
    Location at = origins.get("flash." + key);
    return at == null ? root.error(message) : at.error(message);
  }
}
