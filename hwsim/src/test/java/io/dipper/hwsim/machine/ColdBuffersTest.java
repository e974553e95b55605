package io.dipper.hwsim.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.machine.ColdBuffers.Lent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColdBuffersTest {
  private static final int PAGE = 4096;
  private static final int RING = 3 * DirectFile.CHUNK;

  @Test
  void aBuffer_comesAgainOnlyAfterAllOthers() {
    ColdBuffers buffers = new ColdBuffers(RING);
    int size = 4 * PAGE;
    // What is marked is another buffer each time, until the ring is through.
    for (int i = 0; i < RING / size; i++) {
      Lent lent = buffers.take(size);
      assertThat(lent.bytes().capacity()).isEqualTo(size);
      assertThat(lent.bytes().getInt(0)).isZero();
      lent.bytes().putInt(0, i + 1);
      buffers.give(lent);
    }
    Lent again = buffers.take(size);
    assertThat(again.bytes().getInt(0)).isEqualTo(1);
    buffers.give(again);
  }

  /** Two buffers that are lent at once share no byte, however many there are and of any size. */
  @Test
  void buffersThatAreLent_areApart() {
    ColdBuffers buffers = new ColdBuffers(RING);
    List<Lent> lent = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Lent buffer = buffers.take(i == 7 ? 2 * DirectFile.CHUNK : (1 + i * 37 % 300) * PAGE);
      for (int at = 0; at < buffer.bytes().capacity(); at += PAGE) {
        buffer.bytes().putInt(at, i);
      }
      lent.add(buffer);
      if (i % 3 == 2) {
        buffers.give(lent.remove(lent.size() - 2));
      }
    }
    assertThat(lent).hasSizeGreaterThan(20);
    for (Lent buffer : lent) {
      int number = buffer.bytes().getInt(0);
      for (int at = 0; at < buffer.bytes().capacity(); at += PAGE) {
        assertThat(buffer.bytes().getInt(at)).isEqualTo(number);
      }
    }
    assertThat(lent.stream().map(buffer -> buffer.bytes().getInt(0))).doesNotHaveDuplicates();
  }

  @Test
  void theLargestCache_isFound(@TempDir Path folder) throws IOException {
    for (String cache : List.of("index0 32K", "index1 2048K", "index2 512K")) {
      Path own = Files.createDirectory(folder.resolve(cache.split(" ")[0]));
      Files.writeString(own.resolve("size"), cache.split(" ")[1] + "\n");
    }
    assertThat(ProcessorCaches.largest(folder)).isEqualTo(2 << 20);
  }

  @Test
  void whereTheSystemDoesNotTell_aUsualCacheIsTaken(@TempDir Path folder) throws IOException {
    assertThat(ProcessorCaches.largest(folder)).isEqualTo(32 << 20);
    assertThat(ProcessorCaches.largest(folder.resolve("none"))).isEqualTo(32 << 20);
    Files.writeString(Files.createDirectory(folder.resolve("index0")).resolve("size"), "big");
    assertThat(ProcessorCaches.largest(folder)).isEqualTo(32 << 20);
    assertThat(ProcessorCaches.largest()).isPositive();
  }
}
