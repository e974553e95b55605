package io.dipper.tracegen.runtime;

import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.error.UserException;
import io.dipper.proto.ModelShape;
import io.dipper.tracegen.format.ModelFile;

/** The least memory that a model runs in: the matrices of one decoded layer. */
final class LayerMemory {
  private static final double MEGABYTE = 1e6;

  private LayerMemory() {}

  /** The bytes of a layer's matrices in fp32; of experts, one for each thread. */
  static long bytes(ModelShape shape, int threads) {
    long hidden = shape.getHiddenSize();
    long heads = (long) shape.getHeads() * shape.getHeadDim();
    long keys = (long) shape.getKvHeads() * shape.getHeadDim();
    long attention = hidden * (2 * heads + 2 * keys);
    long expert = 3 * hidden * shape.getExpertIntermediateSize();
    long experts = shape.getExperts() * hidden + expert * Math.min(threads, shape.getExperts());
    return Float.BYTES * (attention + Math.max(3 * hidden * shape.getIntermediateSize(), experts));
  }

  /**
   * Says beforehand what the system would answer by ending the process.
   *
   * @throws UserException if a layer does not fit beside the heap
   */
  static void check(ModelFile file, ProcessMemory memory, int threads) {
    ModelShape shape = file.config().shape();
    long layer = bytes(shape, threads);
    if (layer > memory.besidesHeap()) {
      throw new UserException(
          shape.getName()
              + ": a decoded layer takes "
              + print(layer)
              + ", and of the memory limit of "
              + print(memory.limit())
              + " the JVM's heap ("
              + print(memory.heap())
              + ") leaves "
              + print(memory.besidesHeap())
              + "; raise the limit, or give the heap less, e.g. DIPPER_JAVA_OPTS=-Xmx256m");
    }
  }

  private static String print(long bytes) {
    return Units.print(Math.round(bytes / MEGABYTE) * MEGABYTE, Dimension.BYTES);
  }
}
