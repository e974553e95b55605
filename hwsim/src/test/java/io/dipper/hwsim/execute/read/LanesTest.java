package io.dipper.hwsim.execute.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.hwsim.machine.DirectContent;
import io.dipper.hwsim.machine.DirectFile;
import io.dipper.progress.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

@Timeout(60)
class LanesTest {
  private static final int PAGE = 4096;

  @TempDir private Path folder;
  private DirectFile file;

  @BeforeEach
  void open() {
    try {
      file = DirectFile.create(folder.resolve("w.bin"), new Pages(), "", Progress.SILENT);
    } catch (UserException e) {
      throw new TestAbortedException("no direct reads in " + folder, e);
    }
  }

  @AfterEach
  void close() {
    if (file != null) {
      file.close();
    }
  }

  /** Every page begins with its number, but the first, which has the mark of its maker. */
  private record Pages() implements DirectContent {
    @Override
    public long bytes() {
      return DirectFile.CHUNK;
    }

    @Override
    public long mark() {
      return 0;
    }

    @Override
    public String task() {
      return "test";
    }

    @Override
    public void fill(long at, ByteBuffer chunk) {
      for (int page = 0; page < chunk.capacity() / PAGE; page++) {
        chunk.putLong(page * PAGE, at / PAGE + page);
      }
    }
  }

  @Test
  void whatComes_isWhatWasAskedFor_inReadsOfAllSizesAtOnce() {
    Map<Long, Long> came = new ConcurrentHashMap<>();
    Batch batch = Batch.ofReads();
    for (int pages = 1; pages <= 40; pages++) {
      batch.add(
          new Batch.Part(
              (long) pages * 20 * PAGE, pages * PAGE, (at, read) -> see(at, read, came)));
    }
    try (Lanes lanes = new Lanes(file, 4, 4)) {
      assertThat(lanes.read(batch)).isPositive();
    }
    assertThat(came)
        .hasSize(40)
        .allSatisfy((at, number) -> assertThat(number).isEqualTo(at / PAGE));
  }

  private static void see(long at, ByteBuffer read, Map<Long, Long> came) {
    assertThat(read.remaining() % PAGE).isZero();
    came.put(at, read.getLong(0));
  }

  @Test
  void whoWaits_readsWhatNoLaneHasBegun() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    Batch held = Batch.ofReads();
    held.add(new Batch.Part(0, PAGE, (at, read) -> hold(begun, over)));
    Map<Long, Long> came = new ConcurrentHashMap<>();
    try (Lanes lanes = new Lanes(file, 1, 1)) {
      lanes.submit(held, false);
      begun.await();
      lanes.read(pages(came, 5, 6));
      Batch ahead = pages(came, 7, 8);
      lanes.submit(ahead, true);
      lanes.await(ahead);
      over.countDown();
      lanes.await(held);
    }
    assertThat(came).containsOnlyKeys(5L * PAGE, 6L * PAGE, 7L * PAGE, 8L * PAGE);
  }

  /** With a place for one read of a stream, each has to give it back, those that fail too. */
  @Test
  void streams_endWithAnyNumberOfReadsInFlight_alsoWhereSomeFail() throws IOException {
    Map<Long, Long> came = new ConcurrentHashMap<>();
    try (Lanes lanes = new Lanes(file, 3, 1)) {
      Batch ahead = stream(came, 20, 40);
      lanes.submit(ahead, true);
      lanes.read(stream(came, 60, 20));
      lanes.read(pages(came, 5, 6));
      lanes.await(ahead);
      assertThat(came).hasSize(62);

      Files.write(folder.resolve("w.bin"), new byte[30 * PAGE]);
      assertThatThrownBy(() -> lanes.read(stream(came, 20, 40))).isInstanceOf(UserException.class);
      lanes.read(stream(came, 10, 10));
    }
    assertThat(came).hasSize(72);
  }

  private static Batch stream(Map<Long, Long> came, int first, int pages) {
    Batch batch = Batch.ofStream();
    for (int page = first; page < first + pages; page++) {
      batch.add(new Batch.Part((long) page * PAGE, PAGE, (at, read) -> see(at, read, came)));
    }
    return batch;
  }

  private static void hold(CountDownLatch begun, CountDownLatch over) {
    begun.countDown();
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Batch pages(Map<Long, Long> came, int... pages) {
    Batch batch = Batch.ofReads();
    for (int page : pages) {
      batch.add(new Batch.Part((long) page * PAGE, PAGE, (at, read) -> see(at, read, came)));
    }
    return batch;
  }

  @Test
  void readThatFailsInTheHandsOfWhoWaits_isToldInOneLine() throws IOException {
    Files.write(folder.resolve("w.bin"), new byte[PAGE]);
    try (Lanes lanes = new Lanes(file, 1, 1)) {
      assertThatThrownBy(() -> lanes.read(pages(new ConcurrentHashMap<>(), 5)))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("w.bin: a read failed");
    }
  }

  @Test
  void readThatNoBufferCanTake_isToldToWhoWaits_whoeverMakesIt() {
    try (Lanes lanes = new Lanes(file, 1, 1)) {
      Batch batch = Batch.ofReads();
      batch.add(new Batch.Part(0, Integer.MAX_VALUE - PAGE + 1, (at, read) -> {}));
      lanes.submit(batch, false);
      assertThatThrownBy(batch::await).isInstanceOf(RuntimeException.class);
    }
  }
}
