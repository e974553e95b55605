package io.dipper.hwsim.execute;

import io.dipper.hwsim.machine.DirectFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Threads that read a file around the system's cache, each with one read in flight. What a step
 * waits for goes before what is read ahead.
 */
final class Lanes implements AutoCloseable {
  private final List<Thread> threads = new ArrayList<>();
  private final ArrayDeque<Task> urgent = new ArrayDeque<>();
  private final ArrayDeque<Task> ahead = new ArrayDeque<>();
  private boolean closed;

  private record Task(Batch batch, Batch.Part part) {}

  /**
   * @param lanes how many
   */
  Lanes(DirectFile file, int lanes) {
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
  synchronized void submit(Batch batch, boolean isAhead) {
    ArrayDeque<Task> queue = isAhead ? ahead : urgent;
    for (Batch.Part part : batch.parts()) {
      queue.add(new Task(batch, part));
      notify();
    }
  }

  private synchronized Task next() throws InterruptedException {
    while (urgent.isEmpty() && ahead.isEmpty()) {
      wait();
    }
    return urgent.isEmpty() ? ahead.remove() : urgent.remove();
  }

  private void work(Lane lane) {
    try (lane) {
      while (!isClosed()) {
        Task task = next();
        task.batch.done(lane.read(task.part));
      }
    } catch (InterruptedException | IOException e) {
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
  }

  /** One thread's way to the file. */
  private static final class Lane implements AutoCloseable {
    private final DirectFile file;
    private final FileChannel channel;
    private ByteBuffer buffer;

    Lane(DirectFile file) {
      this.file = file;
      this.buffer = file.buffer(file.alignment());
      try {
        this.channel = file.open();
      } catch (IOException e) {
        throw file.failed(e);
      }
    }

    /** Makes a read; returns how it failed. */
    @Nullable RuntimeException read(Batch.Part part) {
      try {
        if (buffer.capacity() < part.bytes()) {
          buffer = file.buffer(Math.max(part.bytes(), 2 * buffer.capacity()));
        }
        buffer.clear().limit(part.bytes());
        DirectFile.read(channel, buffer, part.offset());
        part.sink().accept(part.offset(), buffer.flip());
        return null;
      } catch (IOException e) {
        return file.failed(e);
      } catch (RuntimeException e) {
        return e;
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
