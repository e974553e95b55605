package io.dipper.tracegen.format;

import io.dipper.files.MappedFile;
import io.dipper.tracegen.format.quant.TensorType;

/** A tensor that lies in a mapped file, row after row. */
public final class MappedTensor implements WeightTensor {
  /** How much is copied out of the mapping at once: small enough for a core's own cache. */
  private static final int CHUNK_BYTES = 1 << 16;

  private final String name;
  private final TensorType type;
  private final int rows;
  private final int columns;
  private final MappedFile file;
  private final long position;

  /**
   * A tensor whose bytes are known to lie inside the file.
   *
   * @param columns a whole number of the type's blocks
   * @param position of its first byte in the file
   */
  public MappedTensor(
      String name, TensorType type, int rows, int columns, MappedFile file, long position) {
    this.name = name;
    this.type = type;
    this.rows = rows;
    this.columns = columns;
    this.file = file;
    this.position = position;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String type() {
    return type.name();
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public long storedBytes() {
    return type.bytes((long) rows * columns);
  }

  /** Of its first byte in its file. */
  long position() {
    return position;
  }

  @Override
  public void decode(int firstRow, int count, float[] out, int offset) {
    if (firstRow < 0 || count < 0 || firstRow > rows - count) {
      throw new IndexOutOfBoundsException(name + ": rows " + firstRow + "+" + count);
    }
    long from = position + type.bytes((long) firstRow * columns);
    long blocks = (long) count * columns / type.weightsPerBlock();
    int chunkBlocks = (int) Math.min(CHUNK_BYTES / type.bytesPerBlock(), blocks);
    byte[] chunk = new byte[chunkBlocks * type.bytesPerBlock()];
    while (blocks > 0) {
      int part = (int) Math.min(chunkBlocks, blocks);
      file.read(from, chunk, 0, part * type.bytesPerBlock());
      type.decode(chunk, 0, part, out, offset);
      from += (long) part * type.bytesPerBlock();
      offset += part * type.weightsPerBlock();
      blocks -= part;
    }
  }
}
