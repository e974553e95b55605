package io.dipper.hwsim.routes;

import io.dipper.progress.Progress;
import io.dipper.proto.TraceManifest;
import io.dipper.trace.Site;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Counts the tokens of a router trace, which has to be known before the first is written. */
final class RouteCounts implements RouteReader.Passes {
  private static final int FORMAT_VERSION = 1;

  private final List<Integer> lengths = new ArrayList<>();
  private final List<Integer> prompts = new ArrayList<>();
  private final Progress progress;
  private boolean sumToOne = true;
  private int turn = -1;

  RouteCounts(Progress progress) {
    this.progress = progress;
  }

  @Override
  public void accept(RouteHeader header, RoutePass pass) {
    if (pass.turn() != turn) {
      lengths.add(0);
      prompts.add(0);
      turn = pass.turn();
    }
    int count = pass.tokens().size();
    int last = lengths.size() - 1;
    lengths.set(last, lengths.get(last) + count);
    prompts.set(last, prompts.get(last) + (pass.decode() ? 0 : count));
    sumToOne &= pass.tokens().stream().allMatch(TokenRoutes::sumsToOne);
    progress.advance(count);
  }

  /** Whether the weights of every token sum to 1. */
  boolean sumToOne() {
    return sumToOne;
  }

  /** What a trace of these tokens says of itself, but for its model and where it comes from. */
  TraceManifest manifest() {
    return TraceManifest.newBuilder()
        .setFormatVersion(FORMAT_VERSION)
        .setBlockLength(Collections.max(lengths))
        .setSequences(lengths.size())
        .setTokens(lengths.stream().mapToInt(Integer::intValue).sum())
        .addSites(Site.EXPERTS.id())
        .addSites(Site.EXPERT_WEIGHTS.id())
        .addAllPrompts(prompts)
        .build();
  }
}
