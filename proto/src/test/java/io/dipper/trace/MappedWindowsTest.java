package io.dipper.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedWindowsTest {
  private static final long GIB = 1L << 30;

  @TempDir Path folder;

  @Test
  void slices_ofAFileBeyond2GiB_holdWhatStandsThere() throws IOException {
    long[] places = {8, GIB - 8, GIB, 2 * GIB - 16, 2 * GIB, 3 * GIB + 4096, 5 * GIB - 8};
    Path file = folder.resolve("sparse");
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.SPARSE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      for (long place : places) {
        ByteBuffer mark = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        channel.write(mark.putLong(0, place), place);
      }
      MappedWindows windows = new MappedWindows(channel, 5 * GIB);
      for (long place : places) {
        assertThat(windows.slice(place, 8).getLong(0)).isEqualTo(place);
      }
      ByteBuffer acrossWindows = windows.slice(GIB - 8, 1 << 30);
      assertThat(acrossWindows.getLong(0)).isEqualTo(GIB - 8);
      assertThat(acrossWindows.getLong((1 << 30) - 8)).isEqualTo(2 * GIB - 16);
    }
  }
}
