package io.dipper.hwsim.execute;

import io.dipper.hwsim.execute.product.Products;
import io.dipper.hwsim.execute.team.Team;
import io.dipper.hwsim.replay.unit.Matrix;
import java.util.List;
import java.util.function.IntConsumer;

/** A step on a live model's matrices that no mask covers; they lie in memory. */
final class DenseStep extends StepRun {
  private final List<Rows> matrices;
  private final List<float[]> outputs;
  private final Products products;
  private final LiveMlp mlp;
  private final int members;

  DenseStep(List<Rows> matrices, Products products, LiveMlp mlp, int members) {
    this.matrices = matrices;
    this.outputs = matrices.stream().map(rows -> new float[rows.count()]).toList();
    this.products = products;
    this.mlp = mlp;
    this.members = members;
  }

  /**
   * A matrix.
   *
   * @param stored its rows, one after another
   * @param count how many they are
   */
  record Rows(Matrix matrix, byte[] stored, int count) {}

  @Override
  List<IntConsumer> cached() {
    return matrices.stream().map(rows -> (IntConsumer) member -> multiply(rows, member)).toList();
  }

  private void multiply(Rows rows, int member) {
    float[] output = outputs.get(matrices.indexOf(rows));
    float[] input = mlp.vector(rows.matrix());
    int bytes = rows.stored().length / rows.count();
    int end = Team.share(rows.count(), member + 1, members);
    for (int row = Team.share(rows.count(), member, members); row < end; row++) {
      output[row] = products.dot(rows.stored(), row * bytes, input, input.length);
    }
  }

  @Override
  void done() {
    for (int m = 0; m < outputs.size(); m++) {
      mlp.take(matrices.get(m).matrix(), outputs.get(m));
    }
  }
}
