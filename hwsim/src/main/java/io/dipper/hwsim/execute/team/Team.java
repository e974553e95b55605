package io.dipper.hwsim.execute.team;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads that work on one product together, the caller among them: a barrier at its beginning and
 * one at its end.
 */
public final class Team implements AutoCloseable {
  private final Thread[] others;
  private final long[] busy;
  private final AtomicInteger left = new AtomicInteger();
  private volatile IntConsumer work = member -> {};
  private final AtomicInteger round = new AtomicInteger();
  private volatile @Nullable Throwable failure;
  private volatile boolean closed;

  /**
   * @param members the caller and the threads beside it
   */
  public Team(int members) {
    this.busy = new long[members];
    this.others = new Thread[members - 1];
    for (int i = 0; i < others.length; i++) {
      int member = i + 1;
      others[i] = new Thread(() -> serve(member), "product " + member);
      others[i].setDaemon(true);
      others[i].start();
    }
  }

  /** How many they are. */
  public int members() {
    return busy.length;
  }

  /**
   * Calls the work once with each member's number, at the same time.
   *
   * @return how long the busiest of them worked, in nanoseconds
   */
  public long run(IntConsumer each) {
    work = each;
    left.set(others.length);
    round.incrementAndGet();
    for (Thread other : others) {
      LockSupport.unpark(other);
    }
    work(each, 0);
    long since = System.nanoTime();
    while (left.get() > 0) {
      Spin.passAwake(since);
    }
    if (failure != null) {
      throw new IllegalStateException("a product failed", failure);
    }
    long most = 0;
    for (long nanos : busy) {
      most = Math.max(most, nanos);
    }
    return most;
  }

  /** Where a member's share of so many begins. */
  public static int share(int all, int member, int members) {
    return (int) ((long) all * member / members);
  }

  private void work(IntConsumer each, int member) {
    long begin = System.nanoTime();
    each.accept(member);
    busy[member] = System.nanoTime() - begin;
  }

  private void serve(int member) {
    for (int own = 0; await(own); own++) {
      try {
        work(work, member);
      } catch (RuntimeException | Error e) {
        failure = e;
      } finally {
        left.decrementAndGet();
      }
    }
  }

  /** Waits for the round after one's own; false where there will be none. */
  private boolean await(int own) {
    long since = System.nanoTime();
    while (round.get() == own && !closed) {
      if (!Spin.pass(since)) {
        LockSupport.park(this);
      }
    }
    return !closed;
  }

  @Override
  public void close() {
    closed = true;
    for (Thread other : others) {
      LockSupport.unpark(other);
    }
  }
}
