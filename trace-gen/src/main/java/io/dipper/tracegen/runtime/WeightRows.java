package io.dipper.tracegen.runtime;

import io.dipper.proto.ModelShape;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.format.TensorRole;
import io.dipper.tracegen.format.WeightTensor;

/**
 * Where a matrix of a layer is in a file: a tensor of its own, or some rows of a fused one.
 *
 * @param tensor as stored
 * @param role of the tensor
 * @param layer 0-based; -1 for the head and the embedding
 * @param firstRow of the matrix in the tensor
 * @param rows its outputs
 */
public record WeightRows(WeightTensor tensor, TensorRole role, int layer, int firstRow, int rows) {

  /** W_q: heads * head dim rows. */
  static WeightRows query(ModelFile file, int layer) {
    return part(file, layer, TensorRole.QUERY, TensorRole.FUSED_QKV, 0, queries(file));
  }

  /** W_k: kv heads * head dim rows. */
  static WeightRows key(ModelFile file, int layer) {
    return part(file, layer, TensorRole.KEY, TensorRole.FUSED_QKV, queries(file), keys(file));
  }

  /** W_v: as W_k. */
  static WeightRows value(ModelFile file, int layer) {
    int first = queries(file) + keys(file);
    return part(file, layer, TensorRole.VALUE, TensorRole.FUSED_QKV, first, keys(file));
  }

  /** W_gate: I rows of H. */
  public static WeightRows gate(ModelFile file, int layer) {
    int rows = file.config().shape().getIntermediateSize();
    return part(file, layer, TensorRole.GATE, TensorRole.FUSED_GATE_UP, 0, rows);
  }

  /** W_up: I rows of H. */
  public static WeightRows up(ModelFile file, int layer) {
    int rows = file.config().shape().getIntermediateSize();
    return part(file, layer, TensorRole.UP, TensorRole.FUSED_GATE_UP, rows, rows);
  }

  /** W_down: H rows of I. */
  public static WeightRows down(ModelFile file, int layer) {
    return all(file, TensorRole.DOWN, layer);
  }

  /** W_gate of an expert: I_e rows of H. */
  static WeightRows expertGate(ModelFile file, int layer, int expert) {
    int rows = file.config().shape().getExpertIntermediateSize();
    return file.tensor(TensorRole.EXPERT_GATE_UP, layer).isPresent()
        ? all(file, TensorRole.EXPERT_GATE_UP, layer).slice(2 * expert * rows, rows)
        : all(file, TensorRole.EXPERT_GATE, layer).slice(expert * rows, rows);
  }

  /** W_up of an expert: I_e rows of H. */
  static WeightRows expertUp(ModelFile file, int layer, int expert) {
    int rows = file.config().shape().getExpertIntermediateSize();
    return file.tensor(TensorRole.EXPERT_GATE_UP, layer).isPresent()
        ? all(file, TensorRole.EXPERT_GATE_UP, layer).slice((2 * expert + 1) * rows, rows)
        : all(file, TensorRole.EXPERT_UP, layer).slice(expert * rows, rows);
  }

  /** W_down of an expert: H rows of I_e. */
  static WeightRows expertDown(ModelFile file, int layer, int expert) {
    int rows = file.config().shape().getHiddenSize();
    return all(file, TensorRole.EXPERT_DOWN, layer).slice(expert * rows, rows);
  }

  /** A whole tensor. */
  static WeightRows all(ModelFile file, TensorRole role, int layer) {
    WeightTensor tensor =
        file.tensor(role, layer)
            .orElseThrow(
                () -> new IllegalStateException("no tensor " + role + " in layer " + layer));
    return new WeightRows(tensor, role, layer, 0, tensor.rows());
  }

  /** A range of these rows. */
  WeightRows slice(int first, int count) {
    return new WeightRows(tensor, role, layer, firstRow + first, count);
  }

  private static WeightRows part(
      ModelFile file, int layer, TensorRole own, TensorRole fused, int first, int rows) {
    return file.tensor(fused, layer).isPresent()
        ? all(file, fused, layer).slice(first, rows)
        : all(file, own, layer);
  }

  private static int queries(ModelFile file) {
    ModelShape shape = file.config().shape();
    return shape.getHeads() * shape.getHeadDim();
  }

  private static int keys(ModelFile file) {
    ModelShape shape = file.config().shape();
    return shape.getKvHeads() * shape.getHeadDim();
  }

  public int columns() {
    return tensor.columns();
  }

  /** Decodes some of these rows to fp32, row-major. */
  public void decode(int first, int count, float[] out) {
    tensor.decode(firstRow + first, count, out, 0);
  }
}
