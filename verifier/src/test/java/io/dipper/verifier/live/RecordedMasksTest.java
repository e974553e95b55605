package io.dipper.verifier.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.ReplayMasks;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.progress.Progress;
import io.dipper.testing.SharedData;
import io.dipper.trace.Recording;
import io.dipper.trace.TraceReader;
import io.dipper.tracegen.corpus.Corpus;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.model.ModelFiles;
import io.dipper.tracegen.record.RecordingOptions;
import io.dipper.tracegen.record.TraceRecorder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trace of our own, against the reference's trace of the same tokens, seen through masks. */
class RecordedMasksTest {
  /** The share of selected units that may differ: fp32 sums in another order. */
  private static final double SHARE = 0.002;

  @TempDir Path folder;

  @Test
  void masksOfOurTrace_areThoseOfTheReference() throws IOException {
    Path file = folder.resolve("t.arrow");
    try (ModelFile model = ModelFiles.open(SharedData.model("bookworm-3m-q8_0.gguf"))) {
      Corpus corpus = Corpus.ofIds(SharedData.testdata("golden/bookworm.ids.i32le"), 4096);
      new TraceRecorder(RecordingOptions.defaults("test").withBlockLength(128))
          .record(model, corpus, file, Progress.SILENT);
    }
    Set<String> policies = policiesThatIgnoreTheCache();
    assertThat(policies).hasSizeGreaterThanOrEqualTo(8);
    try (TraceReader ours = TraceReader.open(file);
        TraceReader theirs = TraceReader.open(SharedData.testdata("golden/bookworm.arrow"))) {
      for (String policy : policies) {
        assertThat(differing(policy, ours, theirs)).as(policy).isBetween(0.0, SHARE);
      }
    }
  }

  private static Set<String> policiesThatIgnoreTheCache() throws IOException {
    JsonNode points =
        new ObjectMapper()
            .readTree(SharedData.testdata("golden/bookworm.replay.json").toFile())
            .get("points");
    Set<String> policies = new TreeSet<>();
    for (JsonNode point : points) {
      String name = point.get("policy").asText();
      if (name.equals("dip-ca") || name.equals("approximate")) {
        continue;
      }
      List<String> parameters = new ArrayList<>();
      for (String key : List.of("density", "keep_x", "keep_h", "keep")) {
        if (point.has(key)) {
          parameters.add(key + "=" + point.get(key).asText());
        }
      }
      policies.add(name + ":" + String.join(",", parameters));
    }
    return policies;
  }

  /** The share of the reference's selected units that ours leaves out or adds. */
  private static double differing(String policy, Recording ours, Recording theirs) {
    ReplayPoint our = point(policy, ours);
    ReplayPoint their = point(policy, theirs);
    long selected = 0;
    long different = 0;
    for (int layer = 0; layer < ours.model().getLayers(); layer++) {
      for (int group = 0; group < our.policy().groups().size(); group++) {
        ReplayMasks a = new ReplayMasks(ours, our, layer, group);
        ReplayMasks b = new ReplayMasks(theirs, their, layer, group);
        while (b.hasNext()) {
          UnitSet mine = a.next();
          UnitSet reference = b.next();
          int common = mine.intersectionSize(reference);
          selected += b.selected();
          different += Math.max(a.selected(), b.selected()) - common;
        }
        assertThat(a.hasNext()).isFalse();
      }
    }
    assertThat(selected).isPositive();
    return (double) different / selected;
  }

  private static ReplayPoint point(String policy, Recording trace) {
    MaskPolicy masks =
        Policies.create(Policies.parse(policy), new PolicyContext(trace.model(), trace));
    return new ReplayPoint(masks, Caches.parse("none"), new int[masks.groups().size()], 0);
  }
}
