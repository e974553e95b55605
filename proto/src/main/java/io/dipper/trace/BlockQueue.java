package io.dipper.trace;

import io.dipper.parallel.Outcome;
import io.dipper.proto.TraceManifest;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Two trace blocks in turn: one is filled while a thread writes the other. Blocks are written in
 * the order in which they were put.
 */
public final class BlockQueue implements AutoCloseable {
  private final TraceBlock[] blocks = new TraceBlock[2];
  private final TraceWriter writer;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread t = new Thread(task, "dipper-writer");
            t.setDaemon(true);
            return t;
          });
  private int next;
  private @Nullable Future<?> writing;

  /**
   * @param rows that a block can hold
   */
  public BlockQueue(TraceManifest manifest, int rows, TraceWriter writer) {
    this.writer = writer;
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = TraceBlock.of(manifest, rows);
    }
  }

  /** An empty block to fill. */
  public TraceBlock take() {
    TraceBlock block = blocks[next];
    block.clear();
    return block;
  }

  /** Lets the block that was taken be written. */
  public void put(TraceBlock block) {
    drain();
    writing = thread.submit(() -> writer.append(block));
    next = 1 - next;
  }

  /** Waits until all that was put is written; throws what went wrong there. */
  public void drain() {
    Future<?> current = writing;
    if (current == null) {
      return;
    }
    writing = null;
    Outcome.of(current);
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      // After an error the writer may still be at work on the file that is closed next.
      thread.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
