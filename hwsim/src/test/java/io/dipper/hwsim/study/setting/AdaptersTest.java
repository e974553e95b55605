package io.dipper.hwsim.study.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.hwsim.study.result.ConfigDigest;
import io.dipper.hwsim.time.memory.AdapterBytes;
import io.dipper.proto.AdapterSpec;
import io.dipper.proto.PointConfig;
import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdaptersTest {
  private static final Path RANDOM = SharedData.testdata("adapters/bookworm-random");

  @TempDir private Path folder;

  /** Rank 4 beside all matrices of layers 0 and 3 of H 192, I 512, 6 heads and 2 kv heads of 32. */
  @Test
  void bytes_areTwoPerWeight_andNoneWhereFused() {
    AdapterSpec spec = Adapters.of(RANDOM, false);
    AdapterBytes bytes = new AdapterBytes(spec);
    // q and o: 192 + 192; k and v: 192 + 64; gate and up: 192 + 512; down: 512 + 192.
    long attention = 4 * (2 * 384 + 2 * 256);
    long upGate = 4 * 2 * 704;
    long down = 4 * 704;
    assertThat(spec.getLayersCount()).isEqualTo(4);
    assertThat(bytes.layer(0).getAttention().getWeights()).isEqualTo(attention);
    assertThat(bytes.layer(3).getUpGate().getWeights()).isEqualTo(upGate);
    assertThat(bytes.layer(3).getDown().getMatrices()).isEqualTo(1);
    assertThat(bytes.layer(1).getDown().getWeights()).isZero();
    assertThat(bytes.layer(5).getDown().getWeights()).isZero();
    assertThat(bytes.all()).isEqualTo(2 * 2.0 * (attention + upGate + down));
    assertThat(new AdapterBytes(Adapters.of(RANDOM, true)).all()).isZero();
    assertThat(new AdapterBytes(Adapters.NONE).all()).isZero();
  }

  @Test
  void aPointIsAnother_byTheAdaptersContent() throws IOException {
    PointConfig plain = PointConfig.newBuilder().setSeed(7).build();
    PointConfig none = with("none");
    assertThat(none).isEqualTo(plain);
    String adapted = ConfigDigest.of(with(RANDOM.toString())).sha256();
    assertThat(adapted).isNotEqualTo(ConfigDigest.of(plain).sha256());
    assertThat(ConfigDigest.of(with("fused:" + RANDOM)).sha256()).isNotEqualTo(adapted);
    assertThat(ConfigDigest.of(with(copy().toString())).sha256()).isEqualTo(adapted);
  }

  private static PointConfig with(String text) {
    PointConfig.Builder config = PointConfig.newBuilder().setSeed(7);
    PointSettings.ADAPTER.field().put().accept(config, new Adapters().parse(text));
    return config.build();
  }

  private Path copy() throws IOException {
    Path copy = Files.createDirectory(folder.resolve("copy"));
    try (var files = Files.list(RANDOM)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }

  @Test
  void anAdapterThatHasChanged_isRefused() throws IOException {
    Path copy = copy();
    AdapterSpec spec = Adapters.of(copy, false);
    Path config = copy.resolve("adapter_config.json");
    Files.writeString(config, Files.readString(config).replace("6.0", "7.0"));
    assertThatThrownBy(() -> Adapters.read(spec, PointConfig.getDefaultInstance().getModel()))
        .hasMessageContaining("has changed");
  }
}
