package io.dipper.hwsim.execute;

import io.dipper.hwsim.execute.product.Blocks;
import io.dipper.hwsim.execute.product.Products;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * The products of the experts of a step: each of their slices is rows of as many weights as the
 * model is wide, and the product of a row with the activations is one output. Threads take rows
 * piece by piece, so that who is held up does not hold up the others.
 */
final class ExpertProducts {
  /** Into how many pieces rows are divided, for each member. */
  private static final int PIECES = 8;

  private final Products products;
  private final float[] activations;
  private final int members;
  private final int rowWeights;
  private final int rowBytes;
  private final int blockBytes;
  private final List<Rows> slices = new ArrayList<>();
  private final List<float[]> outputs = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();
  private int[] experts = {};
  private int count;
  private int used;
  private int rows;
  private int piece = 1;

  /** The rows of one expert's slice; reused from step to step. */
  private static final class Rows {
    private byte[] array = {};
    private int at;
    private int blocks;
    private int first;
    private int end;
    private float[] output = {};
    private int outputAt;
  }

  /**
   * @param width weights of a row
   * @param activations at least as many
   * @param members who work at the same time
   */
  ExpertProducts(Blocks blocks, int width, float[] activations, int members) {
    int rowBlocks = Math.max(1, width / blocks.weights());
    this.products = Products.of(blocks.type());
    this.activations = activations;
    this.members = members;
    this.rowWeights = rowBlocks * blocks.weights();
    this.rowBytes = rowBlocks * blocks.bytes();
    this.blockBytes = blocks.bytes();
  }

  /** A step begins: nothing has been multiplied. */
  void clear() {
    count = 0;
  }

  /**
   * The product of some experts that are in memory, of which every member does what no other has
   * taken; until the next call.
   *
   * @param chosen the experts, from one place to another
   */
  IntConsumer of(ExpertSlots slots, int[] chosen, int from, int to) {
    used = 0;
    rows = 0;
    for (int i = from; i < to; i++) {
      add(slots, chosen[i]);
    }
    piece = Math.max(1, rows / (PIECES * members));
    next.set(0);
    return this::multiply;
  }

  private void add(ExpertSlots slots, int expert) {
    int own = 0;
    for (int slice = 0; slice < slots.slices(); slice++) {
      own += rows(slots.blocks(expert, slice));
    }
    float[] output = output(expert, own);
    int outputAt = 0;
    for (int slice = 0; slice < slots.slices(); slice++) {
      if (used == slices.size()) {
        slices.add(new Rows());
      }
      Rows here = slices.get(used++);
      here.array = slots.array(expert);
      here.at = slots.at(expert, slice);
      here.blocks = slots.blocks(expert, slice);
      here.first = rows;
      here.output = output;
      here.outputAt = outputAt;
      rows += rows(here.blocks);
      outputAt += rows(here.blocks);
      here.end = rows;
    }
  }

  /** The last row may be shorter. */
  private int rows(int blocks) {
    int perRow = rowBytes / blockBytes;
    return (blocks + perRow - 1) / perRow;
  }

  /** The outputs of one more expert of the step. */
  private float[] output(int expert, int size) {
    if (count == outputs.size()) {
      outputs.add(new float[0]);
      experts = Arrays.copyOf(experts, count + 1);
    }
    if (outputs.get(count).length != size) {
      outputs.set(count, new float[size]);
    }
    experts[count] = expert;
    return outputs.get(count++);
  }

  private void multiply(int member) {
    for (int from = next.getAndAdd(piece); from < rows; from = next.getAndAdd(piece)) {
      int end = Math.min(from + piece, rows);
      for (int s = 0; s < used; s++) {
        Rows slice = slices.get(s);
        for (int row = Math.max(from, slice.first); row < Math.min(end, slice.end); row++) {
          multiply(slice, row - slice.first);
        }
      }
    }
  }

  private void multiply(Rows slice, int row) {
    int at = row * rowBytes;
    int left = slice.blocks * blockBytes - at;
    int weights =
        left < rowBytes ? rowWeights / (rowBytes / blockBytes) * (left / blockBytes) : rowWeights;
    slice.output[slice.outputAt + row] =
        products.dot(slice.array, slice.at + at, activations, weights);
  }

  /** How many experts the step has multiplied. */
  int count() {
    return count;
  }

  /** One of them, in the order of their products. */
  int expert(int index) {
    return experts[index];
  }

  /** Its outputs, slice by slice; valid until the next step. */
  float[] output(int index) {
    return outputs.get(index);
  }
}
