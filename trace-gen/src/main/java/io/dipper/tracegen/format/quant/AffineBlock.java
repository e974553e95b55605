package io.dipper.tracegen.format.quant;

/**
 * A block of 256 weights in groups of {@link AffineGroup}s, whose scales and offsets are whole
 * multiples of two fp16 numbers.
 *
 * @param scale fp16, of which a group's scale is {@code scales[group]} times
 * @param offset fp16, of which a group's offset is {@code offsets[group]} times
 * @param levels of each weight
 */
record AffineBlock(float scale, float offset, int[] scales, int[] offsets, int[] levels) {
  private static final int WEIGHTS = 256;

  /**
   * Fits a block.
   *
   * @param group weights per group
   * @param levels the largest level
   * @param factors the largest multiple
   */
  static AffineBlock of(float[] in, int from, int group, int levels, int factors) {
    AffineGroup[] groups = new AffineGroup[WEIGHTS / group];
    float largestScale = 0;
    float largestOffset = 0;
    for (int g = 0; g < groups.length; g++) {
      groups[g] = AffineGroup.of(in, from + g * group, group, levels);
      largestScale = Math.max(largestScale, groups[g].scale());
      largestOffset = Math.max(largestOffset, groups[g].offset());
    }
    float scale = LittleEndian.rounded16(largestScale / factors);
    float offset = LittleEndian.rounded16(largestOffset / factors);
    int[] scales = new int[groups.length];
    int[] offsets = new int[groups.length];
    int[] all = new int[WEIGHTS];
    for (int g = 0; g < groups.length; g++) {
      scales[g] = multiple(groups[g].scale(), scale, factors);
      offsets[g] = multiple(groups[g].offset(), offset, factors);
      AffineGroup stored = new AffineGroup(scale * scales[g], offset * offsets[g]);
      for (int i = 0; i < group; i++) {
        all[g * group + i] = stored.level(in[from + g * group + i], levels);
      }
    }
    return new AffineBlock(scale, offset, scales, offsets, all);
  }

  private static int multiple(float value, float unit, int most) {
    return unit == 0 ? 0 : Math.min(most, Math.round(value / unit));
  }
}
