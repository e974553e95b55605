package io.dipper.hwsim.machine;

import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.error.UserException;
import java.nio.file.Path;
import java.util.List;

/**
 * What of a machine is to be measured, and how long.
 *
 * @param folder on the disk that is read
 * @param fileBytes of the file that is read, a multiple of 4 MiB
 * @param sizes of reads, bytes, rising
 * @param lanes reads in flight, rising
 * @param seconds for each measurement
 * @param repeats of each
 */
public record MeasureRequest(
    Path folder,
    long fileBytes,
    List<Integer> sizes,
    List<Integer> lanes,
    double seconds,
    int repeats) {
  private static final int LARGEST_READ = 1 << 28;

  /**
   * @throws UserException if a size does not fit the file
   */
  public MeasureRequest {
    sizes = sizes.stream().distinct().sorted().toList();
    lanes = lanes.stream().distinct().sorted().toList();
    if (fileBytes <= 0 || fileBytes % DirectFile.CHUNK != 0) {
      throw new UserException(
          "a file of "
              + Units.print(fileBytes, Dimension.BYTES)
              + " is no multiple of "
              + Units.print(DirectFile.CHUNK, Dimension.BYTES));
    }
    for (int size : sizes) {
      if (size < 512 || size % 512 != 0 || size > Math.min(LARGEST_READ, fileBytes / 2)) {
        throw new UserException(
            "reads of "
                + Units.print(size, Dimension.BYTES)
                + ": direct reads are multiples of 512 B, and at most half of the file of "
                + Units.print(fileBytes, Dimension.BYTES));
      }
    }
  }

  /** The most reads in flight. */
  int mostLanes() {
    return lanes.get(lanes.size() - 1);
  }

  /** What values of two runs must share so that one can go on with the other's. */
  String conditions() {
    return "file of " + fileBytes + " B, " + seconds + " s each";
  }
}
