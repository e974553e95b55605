package io.dipper.hwsim.replay.demand;

import java.util.List;

/**
 * A page cache, and how the masked matrices lie in the mapped file: layer by layer, group by group,
 * one stretch after another, each from the beginning of a page.
 *
 * @param pageBytes the size of a page
 * @param windowPages a fault reads what is absent of the aligned window of so many pages
 * @param capacityPages how many pages are kept
 * @param groups where the units of each group lie
 */
public record PageRules(int pageBytes, int windowPages, int capacityPages, List<Stretches> groups) {
  /**
   * The stretches of a group in a layer.
   *
   * @param number of stretches that each hold a part of every unit
   * @param unitBytes the bytes of that part
   */
  public record Stretches(int number, double unitBytes) {}

  public PageRules {
    groups = List.copyOf(groups);
  }

  /** The pages of one stretch. */
  public int pages(int group, int units) {
    return (int) Math.ceil(units * groups.get(group).unitBytes() / pageBytes);
  }
}
