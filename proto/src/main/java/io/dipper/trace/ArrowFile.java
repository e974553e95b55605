package io.dipper.trace;

import io.dipper.error.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.ipc.message.ArrowFooter;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * What the two ends of an Arrow IPC file say: its schema, where its record batches lie, and the
 * footer's metadata. The schema stands at both ends; that both are equal is checked, so damage to
 * either is seen.
 *
 * @param dataEnd where the record batches end
 */
record ArrowFile(
    Schema schema, List<ArrowBlock> blocks, Map<String, String> footerMetadata, long dataEnd) {
  private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = 8;
  private static final int TRAILER = Integer.BYTES + MAGIC.length;
  private static final int CONTINUATION = -1;

  static ArrowFile read(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    boolean begins = size >= HEADER && isMagic(bytes(channel, 0, MAGIC.length), 0);
    if (!begins) {
      throw UserException.in(file, "is not a trace: it does not begin as an Arrow file");
    }
    if (size < HEADER + TRAILER || !isMagic(bytes(channel, size - TRAILER, TRAILER), 4)) {
      throw UserException.in(
          file,
          "is cut short: the footer is missing, so its recorder was stopped or its copy is"
              + " incomplete; record or copy it again");
    }
    int footerLength = bytes(channel, size - TRAILER, TRAILER).getInt(0);
    long footerStart = size - TRAILER - footerLength;
    if (footerLength <= 0 || footerStart < HEADER) {
      throw UserException.in(file, "is damaged: the footer's length is " + footerLength);
    }
    try {
      ByteBuffer bytes = bytes(channel, footerStart, footerLength);
      ArrowFooter footer = new ArrowFooter(Footer.getRootAsFooter(bytes));
      if (!footer.getSchema().equals(firstSchema(channel, footerStart))) {
        throw UserException.in(file, "is damaged: the schemas at its beginning and end differ");
      }
      Map<String, String> metadata = footer.getMetaData();
      return new ArrowFile(
          footer.getSchema(),
          footer.getRecordBatches(),
          metadata == null ? Map.of() : metadata,
          footerStart);
    } catch (UserException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      throw new UserException(file + ": is damaged: the schema or the footer is unreadable", e);
    }
  }

  /**
   * Refuses what is no Arrow IPC file, such as a stream.
   *
   * @throws UserException if it does not begin and end as one
   */
  static void requireMagic(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < HEADER + TRAILER
        || !isMagic(bytes(channel, 0, MAGIC.length), 0)
        || !isMagic(bytes(channel, size - MAGIC.length, MAGIC.length), 0)) {
      throw UserException.in(
          file,
          "is not a whole Arrow IPC file; a stream, Parquet or CSV would have to be converted");
    }
  }

  private static Schema firstSchema(FileChannel channel, long dataEnd) throws IOException {
    ByteBuffer prefix = bytes(channel, HEADER, 2 * Integer.BYTES);
    int length = prefix.getInt(4);
    if (prefix.getInt(0) != CONTINUATION || length < 0 || HEADER + 8L + length > dataEnd) {
      throw new IllegalArgumentException("no schema message");
    }
    Message message = Message.getRootAsMessage(bytes(channel, HEADER + 8L, length));
    if (message.headerType() != MessageHeader.Schema) {
      throw new IllegalArgumentException("the first message is no schema");
    }
    var schema = new org.apache.arrow.flatbuf.Schema();
    message.header(schema);
    return Schema.convertSchema(schema);
  }

  /** A mapped piece of the file: damaged lengths cost no heap. */
  private static ByteBuffer bytes(FileChannel channel, long offset, int length) throws IOException {
    return channel
        .map(FileChannel.MapMode.READ_ONLY, offset, length)
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static boolean isMagic(ByteBuffer bytes, int from) {
    for (int i = 0; i < MAGIC.length; i++) {
      if (bytes.get(from + i) != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }
}
