package io.dipper.hwsim.profile.fit;

import com.fasterxml.jackson.databind.JsonNode;
import io.dipper.error.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Throughputs of random reads that {@code fio --output-format=json} wrote: jobs with {@code
 * rw=randread} and {@code direct=1}, of which {@code bs} is the size and {@code iodepth} times
 * {@code numjobs} the lanes. Jobs of one name are one measurement, whose bandwidths add up.
 */
final class FioRuns {
  private static final Pattern SIZE = Pattern.compile("(\\d+)([kmg]?)i?b?");
  private static final int MOST_LANES = 65536;

  private final Path file;
  private final Map<String, MeasuredPoint> byName = new LinkedHashMap<>();

  private FioRuns(Path file) {
    this.file = file;
  }

  static MeasuredCurve read(Path file) {
    FioRuns runs = new FioRuns(file);
    JsonNode root = ToolOutput.read(file);
    for (JsonNode job : root.path("jobs")) {
      runs.add(job, root.path("global options"));
    }
    if (runs.byName.isEmpty()) {
      throw new UserException(file + ": there are no jobs; run fio with --output-format=json");
    }
    return new MeasuredCurve(file.toString(), new ArrayList<>(runs.byName.values()));
  }

  private void add(JsonNode job, JsonNode global) {
    String name = job.path("jobname").asText();
    String rw = option(job, global, "rw", "read");
    if (!rw.equals("randread")) {
      throw error(name, "it does rw=" + rw + "; only randread is random reads");
    }
    if (!option(job, global, "direct", "0").equals("1")) {
      throw error(name, "it reads through the page cache; run it with direct=1");
    }
    double throughput = job.path("read").path("bw_bytes").asDouble();
    if (!(throughput >= 1e3 && throughput <= 1e13)) {
      throw error(name, "its read has no bw_bytes from 1e3 to 1e13");
    }
    long lanes =
        whole(name, "iodepth", option(job, global, "iodepth", "1"))
            * whole(name, "numjobs", option(job, global, "numjobs", "1"));
    if (lanes > MOST_LANES) {
      throw error(name, lanes + " reads in flight are too many; at most " + MOST_LANES);
    }
    double size = size(name, option(job, global, "bs", "4096"));
    MeasuredPoint before = byName.get(name);
    if (before != null && (before.size() != size || before.lanes() != lanes)) {
      throw error(name, "two jobs of this name differ; name each measurement otherwise");
    }
    double all = throughput + (before == null ? 0 : before.throughput());
    check(name, size, lanes);
    byName.put(
        name,
        new MeasuredPoint(size, (int) lanes, Double.POSITIVE_INFINITY, all, byName.size() + 1));
  }

  private void check(String name, double size, long lanes) {
    List<String> others =
        byName.entrySet().stream()
            .filter(e -> !e.getKey().equals(name))
            .filter(e -> e.getValue().size() == size && e.getValue().lanes() == lanes)
            .map(Map.Entry::getKey)
            .toList();
    if (!others.isEmpty()) {
      throw error(name, "it measures what job " + others.get(0) + " does; keep one");
    }
  }

  private static String option(JsonNode job, JsonNode global, String name, String otherwise) {
    JsonNode own = job.path("job options").path(name);
    return (own.isMissingNode() ? global.path(name) : own).asText(otherwise);
  }

  private long whole(String job, String option, String text) {
    if (!text.matches("[1-9]\\d{0,6}")) {
      throw error(job, option + "=" + text + " is not a whole number from 1");
    }
    return Long.parseLong(text);
  }

  /** As fio writes sizes: 4k, 128KiB, 1M are powers of 1024. */
  private double size(String job, String text) {
    Matcher matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches() || text.length() > 12) {
      throw error(job, "bs=" + text + " is not a size, e.g. 128k");
    }
    int power = "kmg".indexOf(matcher.group(2)) + (matcher.group(2).isEmpty() ? 0 : 1);
    double size = Double.parseDouble(matcher.group(1)) * Math.pow(1024, power);
    if (!(size >= 1 && size <= 1e12)) {
      throw error(job, "bs=" + text + " is out of range; give 1 B to 1 TB");
    }
    return size;
  }

  private UserException error(String job, String message) {
    return new UserException(file + ": job " + job + ": " + message);
  }
}
