package io.dipper.hwsim.execute.file;

import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.weight.WeightType;

/**
 * A model that runs while the weights of its MLPs are read and multiplied here: token by token, its
 * layers in order. Everything is asked by one thread.
 */
public interface LiveModel {
  /**
   * A sequence begins; what was scored of the same one before is forgotten.
   *
   * @param first its first row, counted over all sequences
   * @param length how many tokens it has
   */
  void begin(int first, int length);

  /** Turns to the token of a row. */
  void token(int row);

  /**
   * Runs the attention of a layer.
   *
   * @return the normalised input of its MLP, H values; valid until the next call
   */
  float[] attend(int layer);

  /**
   * Goes on with the output of the layer's MLP.
   *
   * @param output H values, which may be changed
   */
  void add(float[] output);

  /** All layers are done: the head is to be run. */
  void head();

  /** The non-linearity of the MLP's gate. Safe for many threads. */
  float activate(float gate);

  /**
   * The weights of a layer's matrix in fp32, row by row, a row for each output; asked for while the
   * file of weights is written.
   */
  float[] weights(int layer, Matrix matrix);

  /**
   * Stores weights as blocks of a type.
   *
   * @param type that products are made of
   * @param weights whole blocks
   * @param to receives them from a place on, where all bytes are yet 0
   */
  void encode(WeightType type, float[] weights, byte[] to, int at);
}
