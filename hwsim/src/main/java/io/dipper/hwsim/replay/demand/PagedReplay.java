package io.dipper.hwsim.replay.demand;

import io.dipper.proto.CacheStart;
import io.dipper.trace.Recording;
import java.util.ArrayList;
import java.util.List;

/**
 * The replay of a point that reads through the operating system's page cache. All layers share it,
 * so tokens are played one after another through all of them; masks are chosen for a few tokens of
 * a layer at a time.
 */
final class PagedReplay implements ReplayTask {
  private final ReplayTasks tasks;
  private final int index;
  private final ReplayPoint point;
  private final Demand demand;
  private final PagedUnits pages;

  PagedReplay(ReplayTasks tasks, int index, ReplayPoint point, PageRules rules, Demand demand) {
    this.tasks = tasks;
    this.index = index;
    this.point = point;
    this.demand = demand;
    int[] units = demand.groups().stream().mapToInt(g -> g.units()).toArray();
    this.pages = new PagedUnits(rules, demand.layers(), units);
  }

  @Override
  public long columns() {
    return (long) demand.layers() * demand.groups().size();
  }

  @Override
  public void run() {
    Recording recording = tasks.recording();
    List<PagedColumn> columns = new ArrayList<>();
    for (int layer = 0; layer < demand.layers(); layer++) {
      for (int group = 0; group < demand.groups().size(); group++) {
        Strand strand = new Strand(index, point, group, demand);
        columns.add(new PagedColumn(recording, strand, layer, tasks.listener()));
      }
    }
    RowVisitor.walk(
        recording.sequenceLengths(),
        new RowVisitor() {
          @Override
          public void begin(int first, int length) {
            CacheStart start = point.start().kind();
            if (first == 0 || start != CacheStart.CARRIED) {
              pages.reset();
            }
            if (start == CacheStart.PROMPTED) {
              pages.playAll();
            }
          }

          @Override
          public void visit(int first, int position, int count) {
            columns.forEach(column -> column.choose(first, position, count));
            for (int row = first; row < first + count; row++) {
              for (PagedColumn column : columns) {
                column.read(row, pages);
              }
            }
            tasks.progress().advance(count * columns());
          }
        });
    columns.forEach(PagedColumn::finish);
  }
}
