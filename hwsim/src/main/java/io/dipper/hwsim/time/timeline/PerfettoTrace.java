package io.dipper.hwsim.time.timeline;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.dipper.files.FileKind;
import io.dipper.proto.timeline.CounterDescriptor;
import io.dipper.proto.timeline.DebugAnnotation;
import io.dipper.proto.timeline.Trace;
import io.dipper.proto.timeline.TracePacket;
import io.dipper.proto.timeline.TrackDescriptor;
import io.dipper.proto.timeline.TrackEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * A trace in Perfetto's own format, written packet by packet: tracks, and on them slices or values.
 * Unlike its JSON form, whose times are decimal microseconds, it holds whole nanoseconds.
 */
final class PerfettoTrace {
  /** Timelines: their first packet describes a track, as the first that is written here does. */
  static final FileKind KIND = new FileKind("a timeline", PerfettoTrace::begins);

  private static final int SEQUENCE = 1;
  private static final int PACKET = 10;

  private final CodedOutputStream out;

  /**
   * @param stream stays open
   */
  PerfettoTrace(OutputStream stream) {
    this.out = CodedOutputStream.newInstance(stream);
  }

  private static boolean begins(InputStream in) throws IOException {
    try {
      CodedInputStream coded = CodedInputStream.newInstance(in);
      return coded.readTag() == PACKET
          && TracePacket.parseFrom(coded.readByteArray()).hasTrackDescriptor();
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
  }

  /** Describes the track that all others are in. */
  void root(long uuid, String name) {
    describe(
        TrackDescriptor.newBuilder()
            .setUuid(uuid)
            .setName(name)
            .setChildOrdering(TrackDescriptor.ChildTracksOrdering.EXPLICIT));
  }

  /** Describes a track of slices; tracks stand in the order of their uuids. */
  void track(long uuid, long parent, String name) {
    describe(child(uuid, parent, name));
  }

  /** Describes a track of values. */
  void counter(long uuid, long parent, String name, String unit) {
    describe(
        child(uuid, parent, name).setCounter(CounterDescriptor.newBuilder().setUnitName(unit)));
  }

  private static TrackDescriptor.Builder child(long uuid, long parent, String name) {
    return TrackDescriptor.newBuilder()
        .setUuid(uuid)
        .setParentUuid(parent)
        .setName(name)
        .setSiblingOrderRank((int) uuid);
  }

  /** Begins a slice inside those that are open on its track. */
  void begin(long track, long ns, String name, String category) {
    event(ns, named(track, name, category));
  }

  /** Begins a slice that tells one number. */
  void begin(long track, long ns, String name, String category, String argument, long value) {
    event(
        ns,
        named(track, name, category)
            .addDebugAnnotations(
                DebugAnnotation.newBuilder().setName(argument).setIntValue(value)));
  }

  private static TrackEvent.Builder named(long track, String name, String category) {
    return TrackEvent.newBuilder()
        .setType(TrackEvent.Type.TYPE_SLICE_BEGIN)
        .setTrackUuid(track)
        .setName(name)
        .addCategories(category);
  }

  /** Ends the slice that began last on a track. */
  void end(long track, long ns) {
    event(ns, TrackEvent.newBuilder().setType(TrackEvent.Type.TYPE_SLICE_END).setTrackUuid(track));
  }

  /** Sets the value of a counter. */
  void value(long track, long ns, double value) {
    event(
        ns,
        TrackEvent.newBuilder()
            .setType(TrackEvent.Type.TYPE_COUNTER)
            .setTrackUuid(track)
            .setDoubleCounterValue(value));
  }

  /** Hands everything to the stream. */
  void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void describe(TrackDescriptor.Builder track) {
    write(TracePacket.newBuilder().setTrackDescriptor(track));
  }

  private void event(long ns, TrackEvent.Builder event) {
    write(TracePacket.newBuilder().setTimestamp(ns).setTrackEvent(event));
  }

  private void write(TracePacket.Builder packet) {
    try {
      out.writeMessage(
          Trace.PACKET_FIELD_NUMBER, packet.setTrustedPacketSequenceId(SEQUENCE).build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
