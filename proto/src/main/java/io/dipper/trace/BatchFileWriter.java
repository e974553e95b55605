package io.dipper.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Map;
import java.util.zip.CRC32C;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;

/** Arrow's file writer for batches made by hand, that knows the checksum of what it wrote. */
final class BatchFileWriter extends ArrowFileWriter {
  private final Checksum checksum;

  private BatchFileWriter(VectorSchemaRoot root, Checksum out, Map<String, String> footer) {
    super(root, new DictionaryProvider.MapDictionaryProvider(), out, footer);
    this.checksum = out;
  }

  /**
   * @param footer the footer's metadata, read when the file ends
   */
  static BatchFileWriter create(
      Schema schema, BufferAllocator allocator, FileChannel out, Map<String, String> footer) {
    return new BatchFileWriter(
        VectorSchemaRoot.create(schema, allocator), new Checksum(out), footer);
  }

  /**
   * Writes a batch.
   *
   * @return the CRC-32C of its bytes, metadata and body
   */
  int write(ArrowRecordBatch batch) throws IOException {
    checksum.crc.reset();
    checksum.bytes = 0;
    ArrowBlock block = writeRecordBatch(batch);
    if (checksum.bytes != block.getMetadataLength() + block.getBodyLength()) {
      throw new IllegalStateException("a batch of other bytes than its block: " + block);
    }
    return (int) checksum.crc.getValue();
  }

  /** Passes everything on and sums it up. */
  private static final class Checksum implements WritableByteChannel {
    private final FileChannel out;
    private final CRC32C crc = new CRC32C();
    private long bytes;

    Checksum(FileChannel out) {
      this.out = out;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      ByteBuffer copy = source.duplicate();
      int written = out.write(source);
      crc.update(copy.limit(copy.position() + written));
      bytes += written;
      return written;
    }

    @Override
    public boolean isOpen() {
      return out.isOpen();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
