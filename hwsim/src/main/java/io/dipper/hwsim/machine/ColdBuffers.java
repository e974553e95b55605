package io.dipper.hwsim.machine;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Memory that direct reads come into, always that which was used longest ago: a ring of more bytes
 * than the processor's caches hold, so that a read goes to memory, as a device's does.
 *
 * <p>Where a disk is virtual, its host copies each read into the buffer. Into one that the caches
 * still hold it is fast or slow for minutes, by whether the copying core shares these caches; into
 * cold memory it is neither.
 */
public final class ColdBuffers {
  /** Bytes of the pieces that are taken in turn; larger reads get pieces of their own. */
  private static final int PIECE = DirectFile.CHUNK;

  /** The bytes that come in before a buffer is used again, as a multiple of the caches'. */
  private static final int TIMES_CACHES = 2;

  private static final long MOST = 1L << 28;

  /** The share of the JVM's memory that they take at most: less where a process is held down. */
  private static final int OF_MEMORY = 16;

  private final Deque<Piece> free = new ArrayDeque<>();
  private @Nullable Piece current;

  /** Whole memory, of which buffers are cut one after another. */
  private static final class Piece {
    private final ByteBuffer all;
    private int lent;

    private Piece(ByteBuffer all) {
      this.all = all;
    }
  }

  /** A buffer until it is given back. */
  public static final class Lent {
    private final ByteBuffer bytes;
    private final Piece piece;

    private Lent(ByteBuffer bytes, Piece piece) {
      this.bytes = bytes;
      this.piece = piece;
    }

    /** As many bytes as were asked for. */
    public ByteBuffer bytes() {
      return bytes;
    }
  }

  /** A ring for the caches of this machine's processor. */
  ColdBuffers() {
    this(
        Math.min(
            Runtime.getRuntime().maxMemory() / OF_MEMORY,
            Math.min(MOST, TIMES_CACHES * ProcessorCaches.largest())));
  }

  /**
   * @param bytes of the ring
   */
  ColdBuffers(long bytes) {
    int pieces = (int) Math.max(2, bytes / PIECE);
    ByteBuffer all = DirectFile.onHugePages(Math.multiplyExact(pieces, PIECE));
    for (int i = 0; i < pieces; i++) {
      free.add(new Piece(all.slice(i * PIECE, PIECE)));
    }
  }

  /**
   * A buffer for a read.
   *
   * @param bytes a multiple of what direct reads are aligned to
   */
  public synchronized Lent take(int bytes) {
    Piece from = current;
    if (from == null || from.all.remaining() < bytes) {
      from = next(bytes);
    }
    ByteBuffer buffer = from.all.slice(from.all.position(), bytes);
    from.all.position(from.all.position() + bytes);
    from.lent++;
    return new Lent(buffer, from);
  }

  /** The piece that was used longest ago, or a new one where all are lent. */
  private Piece next(int bytes) {
    if (bytes > PIECE) {
      return new Piece(DirectFile.onHugePages(bytes));
    }
    Piece last = current;
    Piece next = free.isEmpty() ? new Piece(DirectFile.onHugePages(PIECE)) : free.remove();
    current = next;
    if (last != null && last.lent == 0) {
      free.add(last);
    }
    next.all.clear();
    return next;
  }

  /** Takes a buffer back. */
  public synchronized void give(Lent lent) {
    Piece piece = lent.piece;
    piece.lent--;
    if (piece.lent == 0 && piece != current && piece.all.capacity() == PIECE) {
      free.add(piece);
    }
  }
}
