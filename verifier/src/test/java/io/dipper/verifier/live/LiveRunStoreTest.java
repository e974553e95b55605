package io.dipper.verifier.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.dipper.proto.LiveBlock;
import io.dipper.proto.LiveGroup;
import io.dipper.proto.LiveRun;
import io.dipper.proto.LiveRunConfig;
import io.dipper.proto.PolicySpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveRunStoreTest {
  @TempDir Path folder;

  private static LiveRunConfig config(double density, double gamma, boolean gammaFirst) {
    Struct.Builder parameters = Struct.newBuilder();
    for (String key : gammaFirst ? List.of("gamma", "density") : List.of("density", "gamma")) {
      double value = key.equals("gamma") ? gamma : density;
      parameters.putFields(key, Value.newBuilder().setNumberValue(value).build());
    }
    return LiveRunConfig.newBuilder()
        .setModelSha256("abc")
        .setPolicy(PolicySpec.newBuilder().setName("dip-ca").setParameters(parameters))
        .addCacheColumns(96)
        .build();
  }

  private static LiveRun run(LiveRunConfig config) {
    return LiveRun.newBuilder()
        .setConfig(config)
        .addBlocks(LiveBlock.newBuilder().setTokens(3).setScored(2).setNll(7.25).setDenseNll(7))
        .addGroups(LiveGroup.newBuilder().addAllSelected(List.of(5, 5, 5)).addHits(1))
        .build();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void aFinishedRun_isFoundAgain_byItsConfigAlone() throws IOException {
    LiveRunStore store = new LiveRunStore(folder.resolve("live"));
    LiveRun run = run(config(0.5, 0.2, false));
    store.put(run);
    assertThat(new LiveRunStore(folder.resolve("live")).find(config(0.5, 0.2, true))).contains(run);
    assertThat(store.find(config(0.5, 0.1, true))).isEmpty();
    assertThat(names(folder.resolve("live"))).singleElement().asString().endsWith(".live.gz");
  }

  @Test
  void aDamagedFile_countsAsNotRun() throws IOException {
    LiveRunStore store = new LiveRunStore(folder);
    LiveRunConfig config = config(0.5, 0.2, false);
    store.put(run(config));
    Path file = folder.resolve(names(folder).get(0));
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(store.find(config)).isEmpty();
    Files.writeString(file, "not a run");
    assertThat(store.find(config)).isEmpty();
  }

  @Test
  void theSameRun_makesTheSameBytes() throws IOException {
    LiveRunStore one = new LiveRunStore(folder.resolve("one"));
    LiveRunStore two = new LiveRunStore(folder.resolve("two"));
    one.put(run(config(0.5, 0.2, false)));
    two.put(run(config(0.5, 0.2, true)));
    String name = names(folder.resolve("one")).get(0);
    assertThat(folder.resolve("two").resolve(name))
        .hasSameBinaryContentAs(folder.resolve("one").resolve(name));
  }
}
