package io.dipper.safetensors;

import io.dipper.error.UserException;
import io.dipper.trace.Fp16;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Tensors of floating-point numbers, as float32. */
public final class FloatTensors {
  private static final List<String> TYPES = List.of("F32", "F16", "BF16");
  private static final int MOST_BYTES = 1 << 30;

  private FloatTensors() {}

  /**
   * All values of a tensor, row after row.
   *
   * @throws UserException if its type is not F32, F16 or BF16, if it is larger than 1 GiB, or if a
   *     value is no finite number
   */
  public static float[] read(StoredTensor tensor) {
    if (!TYPES.contains(tensor.dtype())) {
      throw bad(tensor, "has type " + tensor.dtype() + ", expected one of " + TYPES);
    }
    if (tensor.bytes() > MOST_BYTES) {
      throw bad(tensor, "takes " + tensor.bytes() + " bytes, expected at most " + MOST_BYTES);
    }
    byte[] bytes = new byte[(int) tensor.bytes()];
    tensor.file().read(tensor.position(), bytes, 0, bytes.length);
    ByteBuffer stored = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[bytes.length / ElementWidths.of(tensor.dtype())];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (tensor.dtype()) {
            case "F32" -> stored.getFloat(i * Float.BYTES);
            case "F16" -> Fp16.decode(stored.getShort(i * Short.BYTES));
            default -> Float.intBitsToFloat(stored.getShort(i * Short.BYTES) << Short.SIZE);
          };
      if (!Float.isFinite(values[i])) {
        throw bad(tensor, "has " + values[i] + " at " + i + ", expected finite numbers");
      }
    }
    return values;
  }

  private static UserException bad(StoredTensor tensor, String what) {
    return UserException.in(tensor.file().path(), "tensor " + tensor.name() + " " + what);
  }
}
