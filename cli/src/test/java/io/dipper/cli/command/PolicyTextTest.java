package io.dipper.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PolicyTextTest {
  @Test
  void aRun_isWrittenAsOnTheCommandLine_withWhatElseItsMasksDependOn() {
    assertThat(PolicyText.ofRun("dip {\"density\":0.5}")).isEqualTo("dip:density=0.5");
    assertThat(
            PolicyText.ofRun(
                "dip-ca {\"blend\":false,\"density\":0.7,\"fixed_top\":0.0,\"gamma\":0.2,"
                    + "\"warm_up\":false}, lfu, 70% of weights"))
        .isEqualTo("dip-ca:density=0.7, lfu, 70% of weights");
    assertThat(PolicyText.ofRun("dense")).isEqualTo("dense");
  }
}
