package io.dipper.hwsim.execute.read;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads that nobody has begun, and which may begin. What a step waits for goes before what is read
 * ahead, which begins while nothing else is read. What is read ahead comes in order, one batch
 * after another: side by side they would come at the same time, and the step that is next would
 * wait for those after it. Of streams only so many reads are in flight as they are fastest with.
 * Not safe for use by many threads.
 */
final class Waiting {
  private final ArrayDeque<Read> urgent = new ArrayDeque<>();
  private final ArrayDeque<Read> ahead = new ArrayDeque<>();
  private final int streamLanes;
  private int streaming;
  private int demanded;
  private int readingAhead;
  private @Nullable Batch lastAhead;

  /** A read of a batch; ahead where no step waits for it yet. */
  record Read(Batch batch, Batch.Part part, boolean isAhead) {}

  /**
   * @param streamLanes reads of streams that are in flight at most
   */
  Waiting(int streamLanes) {
    this.streamLanes = streamLanes;
  }

  /** Adds a read after all others of its kind. */
  void add(Read read) {
    (read.isAhead ? ahead : urgent).add(read);
  }

  /** Begins the first read that may begin; null if there is none. */
  @Nullable Read begin() {
    return first(any -> true);
  }

  /** Begins the first read of a batch, if it may begin; null if there is none. */
  @Nullable Read begin(Batch batch) {
    return first(read -> read.batch == batch);
  }

  private @Nullable Read first(Predicate<Read> some) {
    for (ArrayDeque<Read> queue : List.of(urgent, ahead)) {
      for (Read read : queue) {
        if (some.test(read) && begin(read)) {
          queue.remove(read);
          return read;
        }
      }
    }
    return null;
  }

  /** Begins a read that was not added, if it may; returns whether it did. */
  boolean begin(Read read) {
    if (!mayBegin(read)) {
      return false;
    }
    count(read, 1);
    lastAhead = read.isAhead ? read.batch : lastAhead;
    return true;
  }

  private boolean mayBegin(Read read) {
    return !(read.batch.isStream() && streaming == streamLanes)
        && !(read.isAhead && (demanded > 0 || (readingAhead > 0 && read.batch != lastAhead)));
  }

  private void count(Read read, int more) {
    demanded += read.isAhead ? 0 : more;
    readingAhead += read.isAhead ? more : 0;
    streaming += read.batch.isStream() ? more : 0;
  }

  /** A read that was begun has ended; returns how many may begin now that it has. */
  int ended(Read read) {
    count(read, -1);
    boolean last = read.isAhead ? readingAhead == 0 : demanded == 0;
    int most = last ? streamLanes : 1;
    int ready = 0;
    for (ArrayDeque<Read> queue : List.of(urgent, ahead)) {
      for (Iterator<Read> reads = queue.iterator(); reads.hasNext() && ready < most; ) {
        ready += mayBegin(reads.next()) ? 1 : 0;
      }
    }
    return ready;
  }
}
