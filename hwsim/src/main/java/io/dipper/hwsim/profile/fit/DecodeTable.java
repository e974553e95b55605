package io.dipper.hwsim.profile.fit;

import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.error.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decode speeds of one device and backend, from a CSV file or from the JSON that llama-bench
 * writes.
 *
 * @param file its name in messages
 * @param device as the file calls it; empty where it does not
 * @param backend likewise
 * @param build of the software; empty where the file has none
 * @param bandwidth the DRAM's, bytes per second; 0 where the file has none
 * @param rows some of them held
 */
public record DecodeTable(
    String file,
    String device,
    String backend,
    String build,
    double bandwidth,
    List<DecodeRow> rows) {
  public DecodeTable {
    rows = List.copyOf(rows);
  }

  /**
   * A measurement as a file has it.
   *
   * @param bandwidth as text; empty where there is none
   * @param isMarked whether the file says of each row if it is held
   */
  record Entry(
      String device,
      String backend,
      String build,
      String bandwidth,
      boolean isMarked,
      DecodeRow row) {}

  /**
   * Reads a file.
   *
   * @param device the beginning of the device's name, where the file has several; empty for all
   * @throws UserException with file and line of the first thing that is wrong
   */
  public static DecodeTable read(Path file, String device) {
    if (!Files.exists(file)) {
      throw new UserException(file + ": there is no such file");
    }
    List<Entry> all =
        file.toString().endsWith(".json") ? LlamaBench.read(file) : DecodeCsv.read(file);
    List<Entry> entries = all.stream().filter(e -> e.device.startsWith(device)).toList();
    Set<String> names = new TreeSet<>();
    (entries.isEmpty() ? all : entries).forEach(e -> names.add(e.device + " (" + e.backend + ")"));
    if (entries.isEmpty()) {
      throw new UserException(
          file + ": no row's device begins with '" + device + "'; there are " + names);
    }
    if (names.size() > 1) {
      throw new UserException(
          file + ": there are several devices; choose one with --device: " + names);
    }
    Entry first = entries.get(0);
    return new DecodeTable(
        file.toString(),
        first.device,
        first.backend,
        first.build,
        bandwidth(file, entries),
        held(entries));
  }

  private static double bandwidth(Path file, List<Entry> entries) {
    List<String> texts = entries.stream().map(Entry::bandwidth).distinct().toList();
    if (texts.size() > 1) {
      throw new UserException(file + ": one device has one bandwidth_peak, not " + texts);
    }
    return texts.get(0).isEmpty() ? 0 : Units.parse(texts.get(0), Dimension.BANDWIDTH);
  }

  /** As the file marks them; else every other one is held. */
  private static List<DecodeRow> held(List<Entry> entries) {
    List<DecodeRow> rows = new ArrayList<>();
    for (Entry entry : entries) {
      rows.add(entry.isMarked ? entry.row : entry.row.held(rows.size() % 2 == 1));
    }
    return rows;
  }
}
