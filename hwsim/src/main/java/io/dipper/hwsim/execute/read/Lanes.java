package io.dipper.hwsim.execute.read;

import io.dipper.hwsim.machine.ColdBuffers;
import io.dipper.hwsim.machine.ColdBuffers.Lent;
import io.dipper.hwsim.machine.DirectFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Threads that read a file around the system's cache, each with one read in flight, in the order of
 * {@link Waiting}. Who waits reads along, so that a single read is not handed to another thread and
 * back.
 */
public final class Lanes implements AutoCloseable {
  private final List<Thread> threads = new ArrayList<>();
  private final Waiting waiting;
  private final ColdBuffers buffers;
  private final Lane callers;
  private boolean closed;

  /**
   * @param lanes how many
   * @param streamLanes reads of streams that are in flight at most
   */
  public Lanes(DirectFile file, int lanes, int streamLanes) {
    this.buffers = file.coldBuffers();
    this.waiting = new Waiting(streamLanes);
    this.callers = new Lane(file);
    for (int i = 0; i < lanes; i++) {
      Lane lane = new Lane(file);
      Thread thread = new Thread(() -> work(lane), "lane " + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  /**
   * Begins to read.
   *
   * @param batch with at least one read
   * @param isAhead whether no step waits for it yet
   */
  public synchronized void submit(Batch batch, boolean isAhead) {
    submit(batch, 0, isAhead);
  }

  private void submit(Batch batch, int first, boolean isAhead) {
    for (Batch.Part part : batch.parts().subList(first, batch.parts().size())) {
      waiting.add(new Waiting.Read(batch, part, isAhead));
      notify();
    }
  }

  /**
   * Reads a batch while the caller has nothing else to do: it makes the first read itself, and goes
   * on to what no lane has begun.
   *
   * @return when the last read ended
   * @throws io.dipper.error.UserException if a read fails
   */
  public long read(Batch batch) {
    Waiting.Read first = new Waiting.Read(batch, batch.parts().get(0), false);
    boolean begins;
    synchronized (this) {
      begins = waiting.begin(first);
      submit(batch, begins ? 1 : 0, false);
    }
    if (begins) {
      callers.read(first);
    }
    return await(batch);
  }

  /**
   * Waits for a batch that was submitted, and reads of it what no lane has begun.
   *
   * @return when the last read ended
   * @throws io.dipper.error.UserException if a read fails
   */
  public long await(Batch batch) {
    for (Waiting.Read read = left(batch); read != null; read = left(batch)) {
      callers.read(read);
    }
    return batch.await();
  }

  /** Begins a read of a batch that nobody has begun; null if there is none. */
  private synchronized Waiting.@Nullable Read left(Batch batch) {
    return waiting.begin(batch);
  }

  private synchronized Waiting.Read next() throws InterruptedException {
    Waiting.Read read = waiting.begin();
    while (read == null) {
      wait();
      read = waiting.begin();
    }
    return read;
  }

  /** A read has ended, and is still to be copied: others may begin, if there are any. */
  private synchronized void ended(Waiting.Read read) {
    for (int i = waiting.ended(read); i > 0; i--) {
      notify();
    }
  }

  private void work(Lane lane) {
    try (lane) {
      while (!isClosed()) {
        lane.read(next());
      }
    } catch (InterruptedException e) {
      // Closed: nobody waits for it any more.
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    callers.close();
  }

  /** One thread's way to the file. */
  private final class Lane implements AutoCloseable {
    private final DirectFile file;
    private final FileChannel channel;

    Lane(DirectFile file) {
      this.file = file;
      try {
        this.channel = file.open();
      } catch (IOException e) {
        throw file.failed(e);
      }
    }

    /** Makes a read. */
    void read(Waiting.Read read) {
      read.batch().done(failure(read));
    }

    /** Makes a read; returns how it failed. */
    private @Nullable RuntimeException failure(Waiting.Read read) {
      try {
        Lent buffer = readInto(read);
        try {
          read.part().sink().accept(read.part().offset(), buffer.bytes().flip());
        } finally {
          buffers.give(buffer);
        }
        return null;
      } catch (IOException e) {
        return file.failed(e);
      } catch (OutOfMemoryError e) {
        return file.failed(new IOException(e.getMessage(), e));
      } catch (RuntimeException e) {
        return e;
      }
    }

    private Lent readInto(Waiting.Read read) throws IOException {
      try {
        Lent buffer = buffers.take(read.part().bytes());
        try {
          DirectFile.read(channel, buffer.bytes(), read.part().offset());
        } catch (IOException e) {
          buffers.give(buffer);
          throw e;
        }
        return buffer;
      } finally {
        ended(read);
      }
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        // It was only read.
      }
    }
  }
}
