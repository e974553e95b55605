package io.dipper.hwsim.execute.read;

import io.dipper.hwsim.machine.ColdBuffers;
import io.dipper.hwsim.machine.ColdBuffers.Lent;
import io.dipper.hwsim.machine.DirectFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Threads that read a file around the system's cache, each with one read in flight. What a step
 * waits for goes before what is read ahead, which begins while nothing else is read. Of streams
 * only so many reads are in flight as they are fastest with. Who waits reads along, so that a
 * single read is not handed to another thread and back.
 */
public final class Lanes implements AutoCloseable {
  private final List<Thread> threads = new ArrayList<>();
  private final ArrayDeque<Task> urgent = new ArrayDeque<>();
  private final ArrayDeque<Task> ahead = new ArrayDeque<>();
  private final ColdBuffers buffers;
  private final Lane callers;
  private final int streamLanes;
  private int streaming;
  private int demanded;
  private boolean closed;

  private record Task(Batch batch, Batch.Part part, boolean isAhead) {}

  /**
   * @param lanes how many
   * @param streamLanes reads of streams that are in flight at most
   */
  public Lanes(DirectFile file, int lanes, int streamLanes) {
    this.buffers = file.coldBuffers();
    this.streamLanes = streamLanes;
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
    submit(batch, 0, isAhead ? ahead : urgent);
  }

  private void submit(Batch batch, int first, ArrayDeque<Task> queue) {
    for (Batch.Part part : batch.parts().subList(first, batch.parts().size())) {
      queue.add(new Task(batch, part, queue == ahead));
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
    Task first = new Task(batch, batch.parts().get(0), false);
    boolean begins;
    synchronized (this) {
      begins = begin(first);
      submit(batch, begins ? 1 : 0, urgent);
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
    for (Task task = left(batch); task != null; task = left(batch)) {
      callers.read(task);
    }
    return batch.await();
  }

  /** A read of a batch that nobody has begun; null if there is none. */
  private synchronized @Nullable Task left(Batch batch) {
    return first(task -> task.batch == batch);
  }

  private synchronized Task next() throws InterruptedException {
    Task task = first(any -> true);
    while (task == null) {
      wait();
      task = first(any -> true);
    }
    return task;
  }

  /** Begins the first read of some that may begin; null if there is none. */
  private @Nullable Task first(Predicate<Task> some) {
    for (ArrayDeque<Task> queue : List.of(urgent, ahead)) {
      for (Task task : queue) {
        if (some.test(task) && begin(task)) {
          queue.remove(task);
          return task;
        }
      }
    }
    return null;
  }

  /**
   * Begins a read, if nothing that is waited for is being read where it is ahead, and if there are
   * not enough of its kind; returns whether it did.
   */
  private boolean begin(Task task) {
    boolean stream = task.batch.isStream();
    if ((task.isAhead && demanded > 0) || (stream && streaming == streamLanes)) {
      return false;
    }
    demanded += task.isAhead ? 0 : 1;
    streaming += stream ? 1 : 0;
    return true;
  }

  /** A read has ended, and is still to be copied: others may begin, if there are any. */
  private synchronized void ended(Task task) {
    demanded -= task.isAhead ? 0 : 1;
    streaming -= task.batch.isStream() ? 1 : 0;
    int may = !task.isAhead && demanded == 0 ? streamLanes : 1;
    for (int i = Math.min(may, urgent.size() + ahead.size()); i > 0; i--) {
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
    void read(Task task) {
      task.batch.done(failure(task));
    }

    /** Makes a read; returns how it failed. */
    private @Nullable RuntimeException failure(Task task) {
      try {
        Lent buffer = readInto(task);
        try {
          task.part.sink().accept(task.part.offset(), buffer.bytes().flip());
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

    private Lent readInto(Task task) throws IOException {
      try {
        Lent buffer = buffers.take(task.part.bytes());
        try {
          DirectFile.read(channel, buffer.bytes(), task.part.offset());
        } catch (IOException e) {
          buffers.give(buffer);
          throw e;
        }
        return buffer;
      } finally {
        ended(task);
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
