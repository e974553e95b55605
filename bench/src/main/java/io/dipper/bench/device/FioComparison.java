package io.dipper.bench.device;

import io.dipper.hwsim.machine.DirectFile;
import io.dipper.hwsim.machine.DiskReads;
import io.dipper.hwsim.machine.TestFile;
import io.dipper.progress.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/**
 * Random reads as {@code hardware measure} makes them and as fio does, in turn on one file: {@code
 * FioComparison FOLDER [ROUNDS [IOMEM]]}. Prints the medians of all rounds, what the first exceeds
 * the second by, and fio's own spread. Both read into huge pages: fio with its {@code mmaphuge},
 * which needs some that are reserved.
 */
public final class FioComparison {
  private static final List<Integer> SIZES = List.of(1 << 14, 1 << 16, 1 << 18, 1 << 20);
  private static final List<Integer> LANES = List.of(1, 4, 16);
  private static final double SECONDS = 1;

  private static final String FIO =
      "fio --name=r --rw=randread --direct=1 --ioengine=psync --thread --group_reporting"
          + " --time_based --norandommap --output-format=terse";

  /** The field of fio's terse output that has the bandwidth of reads, in KiB/s. */
  private static final int BANDWIDTH = 6;

  private final DirectFile file;
  private final int rounds;
  private final String memory;

  private FioComparison(DirectFile file, int rounds, String memory) {
    this.file = file;
    this.rounds = rounds;
    this.memory = memory;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    String memory = args.length > 2 ? args[2] : "mmaphuge";
    try (DirectFile file = TestFile.create(Path.of(args[0]), 1 << 30, Progress.SILENT)) {
      new FioComparison(file, rounds, memory).compare();
    }
  }

  private void compare() throws IOException, InterruptedException {
    System.out.println("size KiB  lanes  dipper MB/s  fio MB/s  difference  spread of fio");
    for (int size : SIZES) {
      for (int lanes : LANES) {
        DescriptiveStatistics ours = new DescriptiveStatistics();
        DescriptiveStatistics theirs = new DescriptiveStatistics();
        for (int round = 0; round < rounds; round++) {
          DiskReads reads = new DiskReads(size, lanes, file.bytes());
          ours.addValue(reads.throughput(file, SECONDS, round));
          theirs.addValue(fio(size, lanes));
        }
        double other = theirs.getPercentile(50);
        System.out.printf(
            Locale.ROOT,
            "%8d  %5d  %11.0f  %8.0f  %+9.1f%%  %12.1f%%%n",
            size >> 10,
            lanes,
            ours.getPercentile(50) / 1e6,
            other / 1e6,
            100 * (ours.getPercentile(50) / other - 1),
            100 * (theirs.getMax() - theirs.getMin()) / other);
      }
    }
  }

  /** Bytes per second. */
  private double fio(int size, int lanes) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(FIO.split(" ")));
    command.add("--filename=" + file.path());
    command.add("--iomem=" + memory);
    command.add("--bs=" + size);
    command.add("--numjobs=" + lanes);
    command.add("--runtime=" + SECONDS);
    command.add("--ramp_time=" + SECONDS / 4);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("fio: " + out);
    }
    return 1024 * Double.parseDouble(out.split(";")[BANDWIDTH]);
  }
}
