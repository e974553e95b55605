package io.dipper.tracegen.format;

import io.dipper.proto.ExpertSlice;
import io.dipper.proto.LayerStorage;
import io.dipper.proto.ModelShape;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Where the experts of a model lie in its file, and what the rest of their layers takes. */
final class ExpertStorage {
  /** What the matrices are called, in the order in which a layer uses them. */
  private static final Map<TensorRole, String> MATRICES = new EnumMap<>(TensorRole.class);

  static {
    MATRICES.put(TensorRole.EXPERT_GATE, "gate");
    MATRICES.put(TensorRole.EXPERT_UP, "up");
    MATRICES.put(TensorRole.EXPERT_GATE_UP, "gate_up");
    MATRICES.put(TensorRole.EXPERT_DOWN, "down");
  }

  private ExpertStorage() {}

  /** By layer; nothing of a model without experts. */
  static List<LayerStorage> of(TensorTable tensors, ModelShape shape) {
    List<LayerStorage> layers = new ArrayList<>();
    for (int layer = 0; shape.getExperts() > 0 && layer < shape.getLayers(); layer++) {
      layers.add(ofLayer(tensors, layer, shape.getExperts()));
    }
    return layers;
  }

  private static LayerStorage ofLayer(TensorTable tensors, int layer, int experts) {
    LayerStorage.Builder storage = LayerStorage.newBuilder();
    long dense = 0;
    for (TensorRole role : TensorRole.values()) {
      WeightTensor tensor = tensors.get(role, layer).orElse(null);
      String matrices = MATRICES.get(role);
      if (tensor != null && matrices != null) {
        storage.addSlices(slice(tensor, matrices, experts));
      } else if (tensor != null) {
        dense += tensor.storedBytes();
      }
    }
    return storage.setDenseBytes(dense).build();
  }

  private static ExpertSlice slice(WeightTensor tensor, String matrices, int experts) {
    ExpertSlice.Builder slice =
        ExpertSlice.newBuilder().setMatrices(matrices).setBytes(tensor.storedBytes() / experts);
    if (tensor instanceof MappedTensor mapped) {
      slice.setOffset(mapped.position());
    }
    return slice.build();
  }
}
