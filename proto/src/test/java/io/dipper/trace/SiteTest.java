package io.dipper.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.proto.ModelShape;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SiteTest {
  private static final ModelShape DENSE =
      ModelShape.newBuilder().setLayers(5).setHiddenSize(4).setIntermediateSize(6).build();
  private static final ModelShape MOE =
      DENSE.toBuilder().setExperts(8).setExpertsPerToken(2).setExpertIntermediateSize(3).build();
  private static final ModelShape MIXED =
      MOE.toBuilder().addAllRouted(List.of(false, true, true, false, true)).build();

  /** Counted without a loop over layers: a damaged manifest may claim any number of them. */
  @ParameterizedTest
  @EnumSource
  void layers_areThoseInWhichTheSiteHasAWidth(Site site) {
    for (ModelShape shape : List.of(DENSE, MOE, MIXED)) {
      long wide =
          IntStream.range(0, shape.getLayers())
              .filter(layer -> site.width(shape, layer) > 0)
              .count();
      assertThat(site.layers(shape)).as(shape.toString()).isEqualTo((int) wide);
    }
  }
}
