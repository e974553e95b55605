package io.dipper.hwsim.time.accounting;

import static io.dipper.hwsim.time.accounting.Synthetic.DIP;
import static io.dipper.hwsim.time.accounting.Synthetic.LAYERS;
import static io.dipper.hwsim.time.accounting.Synthetic.q;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a backend's own numbers take, held to closed forms. */
class BackendTimeTest {
  private static final Percentage RESOLUTION = Percentage.withPercentage(100 * 1e-6);
  private static final double DRAM = 60e9;
  private static final int TOKENS = 4;

  @ParameterizedTest
  @ValueSource(doubles = {1e9, 50e9, 120e9, 200e9, 1e12})
  void aDecodeStep_takesTheLargerOfReadingAndDequantising(double rate) {
    HardwareProfile.Builder device = device();
    device.getProcessorBuilder().getDequantiseBuilder().setQ40(q(rate));
    PointConfig config = config(device.build(), 0);
    ModelBytes bytes = ModelBytes.of(config);
    double kv = bytes.kvCache(TOKENS / 2.0) / DRAM;
    double seconds = 0;
    for (double part : new double[] {bytes.mlp(), bytes.attention(), bytes.head()}) {
      double keys = part == bytes.attention() ? kv : 0;
      seconds += Math.max(part / DRAM + keys, part * 8 / 4.5 / rate);
    }
    assertThat(1 / time(config).tokensPerSecond()).isCloseTo(seconds, RESOLUTION);
  }

  @Test
  void aPrompt_dequantisesOnce_howeverManyTokensItHas() {
    HardwareProfile.Builder device = device();
    device.getProcessorBuilder().getDequantiseBuilder().setQ40(q(1e9));
    PointConfig one = config(device.build(), 1);
    PointConfig hundred = config(device.build(), 100);
    double dequantise = weights(ModelBytes.of(one)) / 1e9;
    assertThat(time(one).ttftSeconds()).isCloseTo(dequantise, Percentage.withPercentage(0.1));
    assertThat(time(hundred).ttftSeconds()).isCloseTo(dequantise, Percentage.withPercentage(0.1));
    device.getProcessorBuilder().setPeak(q(10e9));
    double arithmetic = time(config(device.build(), 100)).ttftSeconds();
    assertThat(arithmetic).isGreaterThan(100 * 2 * weights(ModelBytes.of(one)) / 10e9);
  }

  @Test
  void kernels_takeTheirTimeByTheArchitecturesCount() {
    double without = 1 / time(config(device().build(), 0)).tokensPerSecond();
    HardwareProfile.Builder device = device();
    device.getProcessorBuilder().setKernel(q(3e-6));
    PointConfig config = config(device.build(), 0);
    assertThat(1 / time(config).tokensPerSecond() - without)
        .isCloseTo((LAYERS * 17 + 3) * 3e-6, RESOLUTION);
    PointConfig.Builder more = config.toBuilder();
    more.getModelBuilder().setLayerKernels(21);
    assertThat(1 / time(more.build()).tokensPerSecond() - without)
        .isCloseTo((LAYERS * 21 + 3) * 3e-6, RESOLUTION);
  }

  private static double weights(ModelBytes bytes) {
    return (bytes.mlp() + bytes.attention() + bytes.head()) * 8 / 4.5;
  }

  private static Timing time(PointConfig config) {
    int tokens = Math.max(1, config.getBlockLength() - config.getPromptLength());
    return new DesAccounting()
        .time(
            new Workload(config, Synthetic.plan(config, DIP, 0), Synthetic.dense(DIP, 1, tokens)));
  }

  /** Every matrix at 4.5 bits. */
  private static PointConfig config(HardwareProfile device, int prompt) {
    PointConfig.Builder config = Synthetic.config(device, prompt + TOKENS, prompt).toBuilder();
    config.getBitsBuilder().setMlp(4.5).setAttention(4.5).setHead(4.5).setKvCache(16);
    return config.build();
  }

  /** Flash costs nothing here. */
  private static HardwareProfile.Builder device() {
    HardwareProfile.Builder device =
        HardwareProfile.newBuilder().setName("test").setOverlap(Overlap.NONE);
    device.getFlashBuilder().setMaxBandwidth(q(1e13));
    device.getDramBuilder().setBandwidth(q(DRAM));
    return device;
  }
}
