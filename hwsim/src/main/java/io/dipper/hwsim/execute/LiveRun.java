package io.dipper.hwsim.execute;

import io.dipper.error.UserException;
import io.dipper.hwsim.execute.file.GroupStore;
import io.dipper.hwsim.execute.file.LiveModel;
import io.dipper.hwsim.execute.product.Blocks;
import io.dipper.hwsim.execute.product.Products;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.demand.TokenSignals;
import io.dipper.hwsim.replay.mask.Signals;
import io.dipper.hwsim.replay.select.LiveRow;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.hwsim.replay.unit.Signal;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.hwsim.time.schedule.Schedule;
import io.dipper.hwsim.time.schedule.Step;
import io.dipper.hwsim.time.schedule.StepKind;
import io.dipper.hwsim.time.schedule.TokenPlan;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.proto.ModelShape;
import io.dipper.registry.Trait;
import io.dipper.trace.Site;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A model that runs as the products of its MLPs are made, and what masks then look at. */
final class LiveRun implements RunListener {
  private final LiveModel model;
  private final ModelShape shape;
  private final LiveMlp mlp;
  private final Products products;
  private final Blocks blocks;
  private final Set<Matrix> dense;

  /**
   * @throws UserException if its masks need what is not known when they are chosen
   */
  LiveRun(LiveModel model, Workload work, ReplayPoint point) {
    List<UnitGroup> groups = work.demand().groups();
    this.model = model;
    this.shape = work.config().getModel();
    this.mlp = new LiveMlp(model, shape, groups);
    this.blocks = Blocks.nearest(work.bytes().bits().getMlp(), work.config());
    this.products = Products.of(blocks.type());
    this.dense = ModelBytes.uncovered(groups);
    checkOrder(groups, ModelBytes.uncovered(groups));
    checkFull(work, point);
  }

  /** A mask is chosen from what the matrices before it make. */
  private static void checkOrder(List<UnitGroup> groups, Set<Matrix> made) {
    for (UnitGroup group : groups) {
      for (Signal signal : group.signals()) {
        if (!made.containsAll(makers(signal.site()))) {
          throw refusal(
              "masks chosen by "
                  + signal.id()
                  + " come before what makes it; choose a policy that looks at earlier activations");
        }
      }
      made.addAll(group.covers());
    }
  }

  private static Set<Matrix> makers(Site site) {
    return switch (site) {
      case X -> EnumSet.noneOf(Matrix.class);
      case UP -> EnumSet.of(Matrix.UP);
      case GATE -> EnumSet.of(Matrix.GATE);
      default -> EnumSet.of(Matrix.UP, Matrix.GATE);
    };
  }

  /** Masks that select all units of the recording need not do so live. */
  private static void checkFull(Workload work, ReplayPoint point) {
    boolean full =
        Arrays.stream(Schedule.decode(work).plan().steps())
            .anyMatch(step -> step.isMasked() && step.isKnownAhead());
    if (full && !point.policy().has(Trait.DENSE)) {
      throw refusal("its masks select all units; choose policy dense");
    }
  }

  private static UserException refusal(String why) {
    return new UserException("execute --model: " + why);
  }

  /** What products are made with. */
  ProductInputs inputs() {
    return mlp;
  }

  /** The activations that a group's masks look at in a layer, which must be the present one. */
  TokenSignals signals(UnitGroup group) {
    return new Looked(group.signals());
  }

  private final class Looked implements TokenSignals {
    private final List<Signal> looked;
    private final List<LiveRow> rows;
    private final Signals signals;
    private int position;

    Looked(List<Signal> looked) {
      this.looked = looked;
      this.rows =
          looked.stream()
              .map(signal -> new LiveRow(new float[signal.site().width(shape)]))
              .toList();
      this.signals = new Signals(rows);
    }

    @Override
    public void read(int first, int firstPosition, int count) {
      position = firstPosition;
    }

    @Override
    public Signals row(int r) {
      for (int s = 0; s < rows.size(); s++) {
        float[] row = rows.get(s).values();
        System.arraycopy(mlp.values(looked.get(s)), 0, row, 0, row.length);
      }
      return signals.at(position + r);
    }
  }

  @Override
  public void begins(int first, int length) {
    model.begin(first, length);
  }

  @Override
  public void token(int row) {
    model.token(row);
  }

  @Override
  public void multiplied(int row, int layer, int group, UnitProducts done) {
    List<GroupStore.MatrixPart> parts = done.store().parts();
    for (int part = 0; part < parts.size(); part++) {
      mlp.take(parts.get(part).matrix(), done.output(part));
    }
  }

  /**
   * What is done in a step that has no units.
   *
   * @param index of the step in the plan
   */
  StepRun fixed(TokenPlan plan, int index, int members) {
    Step step = plan.steps()[index];
    int layer = plan.layer(index);
    return switch (step.kind()) {
      case ATTENTION -> new ModelStep(() -> mlp.begin(layer, model.attend(layer)));
      case HEAD -> new ModelStep(model::head);
      case PREDICTOR -> new ModelStep(() -> {});
      case DENSE_MLP -> dense(layer, followsUnits(plan, index), members);
      default -> throw refusal(step.kind() + " is not executed; leave it out");
    };
  }

  private static boolean followsUnits(TokenPlan plan, int index) {
    int first = index - index % plan.layerSize();
    for (int i = first; i < index; i++) {
      if (plan.steps()[i].kind() == StepKind.MASKED_MLP) {
        return true;
      }
    }
    return false;
  }

  private StepRun dense(int layer, boolean last, int members) {
    List<DenseStep.Rows> rows = new ArrayList<>();
    for (Matrix matrix : dense) {
      if ((matrix == Matrix.DOWN) == last) {
        float[] weights = model.weights(layer, matrix);
        byte[] stored = new byte[(int) (weights.length * blocks.type().bits() / 8)];
        model.encode(blocks.type(), weights, stored, 0);
        rows.add(new DenseStep.Rows(matrix, stored, outputs(matrix)));
      }
    }
    return new DenseStep(rows, products, mlp, members);
  }

  private int outputs(Matrix matrix) {
    return matrix == Matrix.DOWN ? shape.getHiddenSize() : shape.getIntermediateSize();
  }
}
