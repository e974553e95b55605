package io.dipper.hwsim.execute;

import io.dipper.hwsim.machine.DirectContent;
import io.dipper.hwsim.machine.DirectFile;
import io.dipper.hwsim.replay.layout.Layouts;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.hwsim.time.schedule.Schedule;
import io.dipper.hwsim.time.schedule.Step;
import io.dipper.hwsim.time.schedule.Workload;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The file that a point's weights lie in: after a page for its mark the masked units, layer by
 * layer and group by group as the layout says, then what is streamed of static weights, step by
 * step. Each group of a layer and each step begins with a page.
 */
final class WeightMap implements DirectContent {
  /** "dipperwt". */
  private static final long MARK = 0x6469707065727774L;

  private final int page;
  private final List<GroupStore> stores;
  private final List<Region> regions = new ArrayList<>();
  private final long[] streams;
  private long end;

  /** A stretch of the file that holds blocks of one type. */
  private record Region(long start, long bytes, WeightTemplate content) {}

  WeightMap(Workload work, Schedule schedule, Templates templates) {
    this.page = (int) ModelBytes.pageBytes(work.config().getHardware().getFlash());
    this.stores =
        work.demand().groups().stream()
            .map(
                group ->
                    GroupStore.of(
                        group, Layouts.of(work.config().getLayout()), work.bytes().bits()))
            .toList();
    this.end = page;
    WeightTemplate units = templates.of(work.bytes().bits().getMlp());
    for (int layer = 0; layer < work.demand().layers(); layer++) {
      stores.forEach(store -> add(store.bytes(), units));
    }
    Step[] steps = schedule.plan().steps();
    this.streams = new long[steps.length];
    for (int step = 0; step < steps.length; step++) {
      if (steps[step].streamedBytes() > 0) {
        streams[step] = end;
        add(
            (long) Math.ceil(steps[step].streamedBytes()),
            templates.of(steps[step].weights().bits()));
      }
    }
  }

  private void add(long bytes, WeightTemplate content) {
    regions.add(new Region(end, bytes, content));
    end = pageEnd(end + bytes);
  }

  /** How the units of each group are stored. */
  List<GroupStore> stores() {
    return stores;
  }

  /** Where the units of a layer's group begin. */
  long units(int layer, int group) {
    return regions.get(layer * stores.size() + group).start;
  }

  /** Where the streamed part of a static step begins. */
  long stream(int step) {
    return streams[step];
  }

  /** The bytes of a page: what reads are multiples of. */
  int page() {
    return page;
  }

  /** The beginning of the page of a byte. */
  long pageStart(long at) {
    return at / page * page;
  }

  /** The end of the last page of what ends there. */
  long pageEnd(long at) {
    return pageStart(at + page - 1);
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

  @Override
  public void fill(long at, ByteBuffer chunk) {
    long stop = at + chunk.remaining();
    for (Region region : regions) {
      long from = Math.max(at, region.start);
      long to = Math.min(stop, region.start + region.bytes);
      if (from < to) {
        chunk.position((int) (from - at));
        region.content.copy(from - region.start, (int) (to - from), chunk);
      }
    }
  }
}
