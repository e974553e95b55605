package io.dipper.hwsim.execute.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private final Waiting waiting = new Waiting(2);

  @Test
  void whatIsReadAhead_comesInOrder_oneBatchAfterAnother() {
    Batch first = ahead(3);
    Batch second = ahead(2);
    Waiting.Read a = begun(first);
    Waiting.Read b = begun(first);
    assertThat(waiting.begin()).as("two of a stream are in flight").isNull();
    assertThat(waiting.ended(a)).isEqualTo(1);
    Waiting.Read c = begun(first);
    assertThat(waiting.ended(b)).as("the next batch has to wait for the last read").isZero();
    assertThat(waiting.begin()).isNull();
    assertThat(waiting.begin(second)).isNull();
    assertThat(waiting.ended(c)).isEqualTo(2);
    begun(second);
    begun(second);
    assertThat(waiting.begin()).isNull();
  }

  @Test
  void whatIsWaitedFor_goesBeforeWhatIsAhead_alsoBesideABatchThatHasBegun() {
    Batch ahead = ahead(2);
    Waiting.Read begun = begun(ahead);
    Batch urgent = Batch.ofReads();
    List<Waiting.Read> reads = add(urgent, 3, false);
    for (Waiting.Read each : reads) {
      assertThat(waiting.begin()).isEqualTo(each);
    }
    assertThat(waiting.begin()).isNull();
    assertThat(waiting.ended(begun)).isZero();
    assertThat(waiting.ended(reads.get(0))).isZero();
    assertThat(waiting.ended(reads.get(1))).isZero();
    assertThat(waiting.ended(reads.get(2))).as("nothing is waited for any more").isEqualTo(1);
    begun(ahead);
  }

  @Test
  void whoWaits_beginsReadsOfItsOwnBatch() {
    Batch first = Batch.ofReads();
    add(first, 1, false);
    Batch second = Batch.ofReads();
    List<Waiting.Read> reads = add(second, 2, false);
    assertThat(waiting.begin(second)).isEqualTo(reads.get(0));
    assertThat(waiting.begin(second)).isEqualTo(reads.get(1));
    assertThat(waiting.begin(second)).isNull();
    begun(first);
  }

  private Batch ahead(int reads) {
    Batch batch = Batch.ofStream();
    add(batch, reads, true);
    return batch;
  }

  private List<Waiting.Read> add(Batch batch, int reads, boolean isAhead) {
    List<Waiting.Read> added = new ArrayList<>();
    for (int i = 0; i < reads; i++) {
      Batch.Part part = new Batch.Part(4096L * i, 4096, (at, read) -> {});
      Waiting.Read read = new Waiting.Read(batch, part, isAhead);
      batch.add(part);
      waiting.add(read);
      added.add(read);
    }
    return added;
  }

  private Waiting.Read begun(Batch of) {
    Waiting.Read read = Objects.requireNonNull(waiting.begin());
    assertThat(read.batch()).isEqualTo(of);
    return read;
  }
}
