package io.dipper.hwsim.study.point;

import io.dipper.config.Digits;
import io.dipper.error.UserException;
import io.dipper.hwsim.profile.model.Quantisation;
import io.dipper.hwsim.replay.demand.BlockRules;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.proto.LayoutKind;
import io.dipper.proto.ModelShape;
import io.dipper.proto.PointConfig;
import io.dipper.proto.RowBlocks;
import io.dipper.proto.Speculation;
import io.dipper.proto.UnitOrder;
import io.dipper.weight.WeightType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The blocks in which a model file holds the weights of a row: what layout as-stored reads. */
final class StoredRows {
  private StoredRows() {}

  /** A point with the blocks of its model's rows, where its layout has them. */
  static PointConfig complete(PointConfig config, @Nullable Quantisation quantisation) {
    if (config.getLayout() != LayoutKind.AS_STORED) {
      return config;
    }
    RowBlocks blocks = of(config.getModel(), config.getBits().getMlp(), quantisation);
    return config.toBuilder().setRowBlocks(blocks).build();
  }

  /**
   * The blocks of a model's rows.
   *
   * @param quantisation in which it is stored; null where its bits alone are known
   * @throws UserException if the bits are those of several types with blocks of different lengths
   */
  static RowBlocks of(ModelShape shape, double bits, @Nullable Quantisation quantisation) {
    if (quantisation != null) {
      return quantisation.rowBlocks(shape);
    }
    int[] lengths =
        Arrays.stream(WeightType.values())
            .filter(type -> type.bits() == bits)
            .mapToInt(WeightType::blockWeights)
            .distinct()
            .toArray();
    if (lengths.length != 1) {
      throw new UserException(
          "layout as-stored needs the type of the weights, which "
              + Digits.four(bits)
              + " bits do not tell; give the quantisation, e.g. q4_0 or q4_k_m (--quant, in a sweep"
              + " model: {quant: q4_0})");
    }
    return RowBlocks.newBuilder().setGateUp(lengths[0]).setDown(lengths[0]).build();
  }

  /** How the columns of groups lie, of a point with that layout. */
  static List<BlockRules> rules(PointConfig config, List<UnitGroup> groups, List<Integer> gaps) {
    check(config);
    double weightBytes = ModelBytes.of(config).bits().getMlp() / 8;
    int widest = (int) Math.min(Integer.MAX_VALUE, Math.floor(config.getMaxGap() / weightBytes));
    return IntStream.range(0, groups.size())
        .mapToObj(
            g ->
                hasColumns(groups.get(g))
                    ? new BlockRules(
                        length(groups.get(g), config.getRowBlocks()),
                        Math.min(groups.get(g).units(), widest))
                    : new BlockRules(1, gaps.get(g)))
        .toList();
  }

  private static void check(PointConfig config) {
    ModelShape shape = config.getModel();
    RowBlocks blocks = config.getRowBlocks();
    refuse(
        config.getUnitOrder() != UnitOrder.NATURAL,
        "a file has units in the model's order; leave unit order at natural");
    refuse(
        config.getSpeculation() != Speculation.NO_SPECULATION,
        "nothing is read on a guess; leave speculation at none");
    refuse(
        shape.getHiddenSize() % blocks.getGateUp() != 0
            || shape.getIntermediateSize() % blocks.getDown() != 0,
        "rows of "
            + shape.getHiddenSize()
            + " and "
            + shape.getIntermediateSize()
            + " weights are no whole blocks of "
            + Math.max(blocks.getGateUp(), blocks.getDown())
            + "; choose another --quant");
  }

  private static boolean hasColumns(UnitGroup group) {
    return group.covers().stream().anyMatch(matrix -> group.space().part(matrix).column());
  }

  /** Of a group whose columns lie in matrices of one kind, as inputs and GLU units do. */
  private static int length(UnitGroup group, RowBlocks blocks) {
    boolean ofDown =
        group.covers().contains(Matrix.DOWN) && group.space().part(Matrix.DOWN).column();
    return ofDown ? blocks.getDown() : blocks.getGateUp();
  }

  private static void refuse(boolean wrong, String why) {
    if (wrong) {
      throw new UserException("layout as-stored: " + why);
    }
  }
}
