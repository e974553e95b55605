package io.dipper.hwsim.execute.file;

import io.dipper.hwsim.execute.product.Blocks;
import io.dipper.hwsim.execute.product.Templates;
import io.dipper.hwsim.machine.DirectContent;
import io.dipper.hwsim.machine.DirectFile;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a file of weights holds: after its mark a section for each type of weights, filled with
 * made-up blocks from its first byte to its last. Every point whose regions fit into the sections
 * can be executed on it, whatever its layout.
 */
final class WeightSections implements DirectContent {
  /** "dipperwt". */
  private static final long MARK = 0x6469707065727774L;

  private final Map<Blocks, Long> starts = new EnumMap<>(Blocks.class);
  private final Map<Blocks, Long> ends = new EnumMap<>(Blocks.class);
  private final Templates templates;
  private long end = Long.BYTES;

  /** Sections in which each of some points finds room. */
  WeightSections(List<WeightNeeds> points, Templates templates) {
    this.templates = templates;
    Map<Blocks, Long> sizes = new EnumMap<>(Blocks.class);
    points.forEach(
        point -> point.sizes().forEach((blocks, bytes) -> sizes.merge(blocks, bytes, Math::max)));
    sizes.forEach(
        (blocks, bytes) -> {
          starts.put(blocks, end);
          end += bytes;
          ends.put(blocks, end);
        });
  }

  /** Where the section of a type begins; the point of such a region must have been counted. */
  long start(Blocks blocks) {
    Long start = starts.get(blocks);
    if (start == null) {
      throw new IllegalArgumentException("no section of " + blocks);
    }
    return start;
  }

  @Override
  public long bytes() {
    return (end + DirectFile.CHUNK - 1) / DirectFile.CHUNK * DirectFile.CHUNK;
  }

  @Override
  public long mark() {
    return MARK;
  }

  @Override
  public String task() {
    return "execution";
  }

  /** A place of the file has the byte of the template at that place, so that blocks meet. */
  @Override
  public void fill(long at, ByteBuffer chunk) {
    long stop = at + chunk.remaining();
    starts.forEach(
        (blocks, start) -> {
          long from = Math.max(at, start);
          long to = Math.min(stop, ends.getOrDefault(blocks, start));
          if (from < to) {
            chunk.position((int) (from - at));
            templates.of(blocks).copy(from, (int) (to - from), chunk);
          }
        });
  }
}
