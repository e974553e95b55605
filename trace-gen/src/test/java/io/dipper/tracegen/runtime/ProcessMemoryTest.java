package io.dipper.tracegen.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.testing.SharedData;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.model.ModelFiles;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {
  private static final long GIB = 1L << 30;

  @Test
  void aLargeMachine_keepsAGibibyteOfWeights() {
    assertThat(new ProcessMemory(16 * GIB, 8 * GIB).weights()).isEqualTo(GIB);
  }

  @Test
  void aContainerOfOneGibibyte_keepsWhatHeapAndJvmLeave() {
    long weights = new ProcessMemory(GIB, GIB / 2).weights();
    assertThat(weights).isEqualTo((GIB / 2 - (160L << 20)) / 3).isLessThan(GIB / 8);
  }

  @Test
  void whereTheHeapMayTakeAll_nothingIsKept() {
    assertThat(new ProcessMemory(GIB, GIB).weights()).isZero();
    assertThat(new ProcessMemory(GIB, 2 * GIB).weights()).isZero();
  }

  @Test
  void theLimitOfThisJvm_isKnown() {
    ProcessMemory here = ProcessMemory.current();
    assertThat(here.limit()).isGreaterThan(0);
    assertThat(here.heap()).isEqualTo(Runtime.getRuntime().maxMemory());
  }

  @Test
  void aLayer_isAllItsMatricesInFp32() {
    try (ModelFile file = ModelFiles.open(SharedData.model("bookworm-3m-q8_0.gguf"))) {
      long parts =
          WeightRows.query(file, 0).rows()
              + WeightRows.key(file, 0).rows()
              + WeightRows.value(file, 0).rows()
              + WeightRows.gate(file, 0).rows()
              + WeightRows.up(file, 0).rows();
      int hidden = file.config().shape().getHiddenSize();
      long down = (long) hidden * WeightRows.down(file, 0).columns();
      long output = (long) hidden * WeightRows.query(file, 0).rows();
      assertThat(LayerMemory.bytes(file.config().shape(), 2))
          .isEqualTo(4 * (parts * hidden + down + output));
    }
  }

  @Test
  void aLayerThatDoesNotFit_isOneLineWithTheReason() {
    try (ModelFile file = ModelFiles.open(SharedData.model("bookworm-3m-q8_0.gguf"))) {
      assertThatCode(() -> LayerMemory.check(file, new ProcessMemory(GIB, GIB / 2), 2))
          .doesNotThrowAnyException();
      assertThatThrownBy(() -> LayerMemory.check(file, new ProcessMemory(GIB / 4, GIB / 4), 2))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("memory limit of 268 MB")
          .hasMessageContaining("-Xmx");
    }
  }
}
