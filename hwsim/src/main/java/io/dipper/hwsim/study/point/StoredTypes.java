package io.dipper.hwsim.study.point;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.dipper.hwsim.profile.model.Quantisation;
import io.dipper.proto.ModelShape;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Processor;
import io.dipper.weight.WeightType;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The types of a point's weights where several have as many bits: those of its quantisation, and
 * where its bits alone are known the first, in the order of {@link WeightType}.
 */
final class StoredTypes {
  private final Map<Double, WeightType> byBits = new HashMap<>();

  private StoredTypes(ModelShape shape, @Nullable Quantisation quantisation) {
    if (quantisation != null) {
      quantisation.types(shape).forEach(this::add);
    }
    for (WeightType type : WeightType.values()) {
      add(type);
    }
  }

  private void add(WeightType type) {
    byBits.putIfAbsent(type.bits(), type);
  }

  /**
   * A point that names those of its types that its bits do not tell, and whose device has no times
   * of other types of the same bits.
   *
   * @param quantisation in which the model is stored; null where its bits alone are known
   */
  static PointConfig complete(PointConfig config, @Nullable Quantisation quantisation) {
    StoredTypes types = new StoredTypes(config.getModel(), quantisation);
    StoredTypes untold = new StoredTypes(config.getModel(), null);
    PointConfig.Builder complete = config.toBuilder().clearWeightTypes();
    for (WeightType type : WeightType.values()) {
      if (types.has(type) && !untold.has(type)) {
        complete.addWeightTypes(type.label());
      }
    }
    Processor processor = config.getHardware().getProcessor();
    Processor.Builder own = processor.toBuilder();
    if (processor.hasDequantise()) {
      types.reduce(own.getDequantiseBuilder());
    }
    if (processor.hasMultiplyPerVector()) {
      types.reduce(own.getMultiplyPerVectorBuilder());
    }
    own.getLongVectorsBuilderList()
        .forEach(vectors -> types.reduce(vectors.getDequantiseBuilder()));
    if (!own.build().equals(processor)) {
      complete.getHardwareBuilder().setProcessor(own);
    }
    return complete.build();
  }

  private boolean has(WeightType type) {
    return type == byBits.get(type.bits());
  }

  /** Takes the times away of which a type has the same bits as one that the point has. */
  private void reduce(Message.Builder times) {
    Map<Double, FieldDescriptor> kept = new HashMap<>();
    for (FieldDescriptor field : times.getAllFields().keySet()) {
      WeightType type = type(field);
      FieldDescriptor other = kept.putIfAbsent(type.bits(), field);
      if (other != null) {
        FieldDescriptor better = better(field, other);
        times.clearField(better == field ? other : field);
        kept.put(type.bits(), better);
      }
    }
  }

  /** The point's type, or where the device has others the first of these. */
  private FieldDescriptor better(FieldDescriptor one, FieldDescriptor other) {
    if (has(type(one)) || has(type(other))) {
      return has(type(one)) ? one : other;
    }
    return type(one).ordinal() < type(other).ordinal() ? one : other;
  }

  private static WeightType type(FieldDescriptor field) {
    return WeightType.valueOf(field.getName().toUpperCase(Locale.ROOT));
  }
}
