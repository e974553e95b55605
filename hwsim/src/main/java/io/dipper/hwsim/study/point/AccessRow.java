package io.dipper.hwsim.study.point;

/**
 * What a token does with a part of a unit. The components and theirs, in this order and in snake
 * case, are the columns of an access file.
 *
 * @param token counted from 0 over all sequences
 * @param group the index of the mask in the policy's list
 * @param unit its index in the model
 * @param kind {@code hit}: selected and cached, read from DRAM; {@code read}: selected, read from
 *     Flash; {@code guessed}: selected, read from Flash before that was known; {@code wrong}: read
 *     so and not selected; {@code gap}: read because it lies between two that are
 * @param place of the part on Flash
 */
public record AccessRow(int token, int layer, int group, int unit, String kind, Place place) {

  /**
   * Where the part lies on Flash.
   *
   * @param offset of its first byte, from the first masked weight
   * @param bytes of the part
   * @param pieces in which it lies
   * @param strideBytes from the beginning of one piece to that of the next; 0 where there is one
   */
  public record Place(double offset, double bytes, int pieces, double strideBytes) {}
}
