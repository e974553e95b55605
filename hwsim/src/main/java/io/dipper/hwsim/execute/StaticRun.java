package io.dipper.hwsim.execute;

import io.dipper.hwsim.execute.product.KvWeights;
import io.dipper.hwsim.execute.product.StaticWeights;
import io.dipper.hwsim.execute.read.Batch;
import io.dipper.hwsim.execute.read.Stretch;
import io.dipper.hwsim.execute.team.PaddedArrays;
import io.dipper.hwsim.time.engine.StepReads;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A step on static weights, and on the KV cache where there is one. */
final class StaticRun extends StepRun {
  private final int step;
  private final Machine machine;
  private final StepReads reads;
  private final StaticWeights weights;
  private final @Nullable KvWeights kv;
  private final @Nullable Stretch stream;
  private final float[][] sums;
  private final float[] totals;
  private final List<IntConsumer> products;
  private byte[] buffer = {};
  private int attended;

  /**
   * @param launches into how many products the weights and attention are divided
   */
  StaticRun(int step, int launches, Machine machine, StepReads reads) {
    this.step = step;
    this.machine = machine;
    this.reads = reads;
    this.weights = machine.weights(step);
    this.kv = machine.kv(step);
    this.stream = machine.stream(step);
    this.sums = PaddedArrays.floats(machine.team().members(), kv == null ? 0 : kv.width());
    this.totals = PaddedArrays.floats(machine.team().members());
    this.products = new ArrayList<>();
    int parts = Math.max(1, kv == null ? launches : launches - 1);
    for (int part = 0; part < parts; part++) {
      products.add(part(part, parts));
    }
    if (kv != null) {
      products.add(attention(kv));
    }
  }

  private IntConsumer part(int part, int parts) {
    int members = machine.team().members();
    return member ->
        totals[member] += weights.resident(machine.activations(), part, parts, member, members);
  }

  private IntConsumer attention(KvWeights cache) {
    int members = machine.team().members();
    return member -> cache.attend(machine.activations(), sums[member], attended, member, members);
  }

  @Override
  void attend(double positions) {
    attended = kv == null ? 0 : kv.whole(positions);
  }

  @Override
  @Nullable Batch fetch(int row) {
    if (stream == null || !reads.load(row, step)) {
      return null;
    }
    buffer = machine.buffers().take();
    byte[] to = buffer;
    long start = stream.start();
    Batch batch = Batch.ofStream();
    Stretch.addReads(
        List.of(stream),
        (int) reads.requests(),
        machine.map().page(),
        batch,
        (offset, read) -> copy(read, to, (int) (offset - start)));
    return batch;
  }

  private static void copy(ByteBuffer read, byte[] to, int at) {
    read.get(to, at, read.remaining());
  }

  @Override
  List<IntConsumer> cached() {
    return products;
  }

  @Override
  IntConsumer fetched() {
    if (weights.streamedRows() == 0) {
      return NOTHING;
    }
    int members = machine.team().members();
    return member ->
        totals[member] += weights.streamed(buffer, machine.activations(), member, members);
  }

  @Override
  void done() {
    if (buffer.length > 0) {
      machine.buffers().give(buffer);
      buffer = new byte[0];
    }
  }
}
