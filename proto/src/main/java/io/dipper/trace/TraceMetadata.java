package io.dipper.trace;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.dipper.error.UserException;
import io.dipper.proto.ModelShape;
import io.dipper.proto.TraceManifest;
import io.dipper.proto.TraceSummary;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a trace's metadata says; what cannot be read is an error that names file and key. */
final class TraceMetadata {
  private TraceMetadata() {}

  static TraceManifest manifest(Path file, @Nullable String json) {
    if (json == null) {
      throw UserException.in(
          file, "is an Arrow file but no trace: no metadata '" + TraceLayout.MANIFEST_KEY + "'");
    }
    TraceManifest.Builder builder = TraceManifest.newBuilder();
    merge(file, TraceLayout.MANIFEST_KEY, json, builder);
    return builder.build();
  }

  static Optional<TraceSummary> summary(Path file, @Nullable String json) {
    if (json == null) {
      return Optional.empty();
    }
    TraceSummary.Builder builder = TraceSummary.newBuilder();
    merge(file, TraceLayout.SUMMARY_KEY, json, builder);
    return Optional.of(builder.build());
  }

  /** Unknown fields pass: a later producer may say more. The format version says what is new. */
  private static void merge(Path file, String key, String json, Message.Builder builder) {
    try {
      JsonFormat.parser().ignoringUnknownFields().merge(json, builder);
    } catch (InvalidProtocolBufferException e) {
      throw new UserException(
          file + ": metadata '" + key + "' is unreadable: " + firstLine(e.getMessage()), e);
    }
  }

  static TraceLayout layout(Path file, TraceManifest manifest) {
    try {
      return TraceLayout.of(manifest);
    } catch (IllegalArgumentException e) {
      throw new UserException(file + ": " + TraceLayout.MANIFEST_KEY + ": " + e.getMessage(), e);
    }
  }

  static @Nullable ColumnNorms norms(Path file, @Nullable String base64, ModelShape shape) {
    if (base64 == null) {
      return null;
    }
    try {
      return NormsCodec.decode(
          base64, shape.getLayers(), shape.getHiddenSize(), shape.getIntermediateSize());
    } catch (IllegalArgumentException e) {
      throw new UserException(file + ": " + TraceLayout.NORMS_KEY + ": " + e.getMessage(), e);
    }
  }

  private static String firstLine(@Nullable String message) {
    String line = message == null ? "no reason given" : message.lines().findFirst().orElse("");
    return line.replaceFirst("^([a-z]+[.])+[A-Za-z$]+Exception: ", "");
  }
}
