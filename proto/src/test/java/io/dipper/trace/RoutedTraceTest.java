package io.dipper.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.proto.ModelShape;
import io.dipper.proto.TraceManifest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces of models with experts: columns that only some layers have, of three element types. */
class RoutedTraceTest {
  private static final int TOKENS = 3;

  @TempDir Path folder;

  @Test
  void layersHaveTheColumnsOfTheirKind_routersKeepEveryBit() {
    TraceManifest manifest = manifest("x", "glu", "router", "expert_glu");
    TraceBlock block = block(manifest);
    float[] logits = {1.0000001f, -3e-39f, 70000, 4, 0, 1, 2, 3, -1, -2, -3, -4};
    block.put(1, Site.ROUTER, 0, TOKENS, logits);
    block.put(0, Site.GLU, 0, TOKENS, new float[TOKENS * 7]);
    Path file = Traces.write(folder.resolve("t.arrow"), manifest, block);
    try (TraceReader trace = TraceReader.open(file)) {
      assertThat(trace.columns().stream().map(SiteColumns.Column::name))
          .containsExactly(
              "layers.0.x",
              "layers.0.glu",
              "layers.1.x",
              "layers.1.router",
              "layers.1.expert_glu",
              "layers.2.x",
              "layers.2.glu");
      float[] row = new float[4];
      trace.column(1, Site.ROUTER).read(0, row);
      assertThat(row).containsExactly(1.0000001f, -3e-39f, 70000, 4);
      trace.column(1, Site.ROUTER).read(2, row);
      assertThat(row).containsExactly(-1, -2, -3, -4);
      assertThat(trace.column(1, Site.EXPERT_GLU).width()).isEqualTo(2 * 3);
      assertThatThrownBy(() -> trace.column(0, Site.ROUTER))
          .isInstanceOf(UserException.class)
          .hasMessage(file + ": layer 0 has no experts, so it has no site 'router'");
      assertThatThrownBy(() -> trace.column(1, Site.GLU))
          .isInstanceOf(UserException.class)
          .hasMessage(file + ": layer 1 has experts, so it has no site 'glu'");
    }
    assertThat(ArrowOracle.read(file).other("layers.1.router"))
        .containsExactly(
            List.of(1.0000001f, -3e-39f, 70000f, 4f),
            List.of(0f, 1f, 2f, 3f),
            List.of(-1f, -2f, -3f, -4f));
  }

  @Test
  void chosenExpertsAndTheirWeights_areReadAsWritten() {
    TraceManifest manifest = manifest("experts", "expert_weights");
    TraceBlock block = block(manifest);
    block.put(1, Site.EXPERTS, 0, TOKENS, new float[] {3, 0, 1, 2, 2, -1});
    block.put(1, Site.EXPERT_WEIGHTS, 0, TOKENS, new float[] {0.7f, 0.3f, 0.6f, 0.4f, 1, 0});
    Path file = Traces.write(folder.resolve("t.arrow"), manifest, block);
    try (TraceReader trace = TraceReader.open(file)) {
      float[] row = new float[2];
      trace.column(1, Site.EXPERTS).read(2, row);
      assertThat(row).containsExactly(2, -1);
      trace.column(1, Site.EXPERT_WEIGHTS).read(1, row);
      assertThat(row).containsExactly(0.6f, 0.4f);
      assertThatThrownBy(() -> trace.column(1, Site.GLU))
          .isInstanceOf(UserException.class)
          .hasMessage(
              file
                  + ": the trace holds the chosen experts and their weights alone, and no site"
                  + " 'glu'; record a trace of the model with dipper trace");
    }
    assertThat(ArrowOracle.read(file).other("layers.1.experts"))
        .containsExactly(List.of(3, 0), List.of(1, 2), List.of(2, -1));
  }

  @Test
  void expertThatTheModelDoesNotHave_isNamedWithItsRow() {
    TraceManifest manifest = manifest("experts");
    TraceBlock block = block(manifest);
    block.put(1, Site.EXPERTS, 0, TOKENS, new float[] {3, 0, 1, 4, 2, 0});
    Path file = Traces.write(folder.resolve("t.arrow"), manifest, block);
    try (TraceReader trace = TraceReader.open(file)) {
      assertThatThrownBy(trace::verify)
          .isInstanceOf(UserException.class)
          .hasMessage(
              file
                  + ": column layers.1.experts, record batch 0, row 1: 4 is none of the 4 experts");
    }
  }

  @Test
  void routerLogitThatIsNoNumber_isNotWritten() {
    TraceManifest manifest = manifest("router");
    TraceBlock block = block(manifest);
    float[] logits = new float[TOKENS * 4];
    logits[5] = Float.NaN;
    block.put(1, Site.ROUTER, 0, TOKENS, logits);
    Path file = folder.resolve("t.arrow");
    assertThatThrownBy(() -> Traces.write(file, manifest, block))
        .isInstanceOf(UserException.class)
        .hasMessage(
            file + ": column layers.1.router, row 1: the model made a value that is not finite");
  }

  @Test
  void siteThatNoLayerHas_isNoSiteOfATrace() {
    TraceManifest dense = Traces.manifest(1, TOKENS).toBuilder().addSites("router").build();
    assertThatThrownBy(() -> TraceBlock.of(dense, TOKENS))
        .hasMessage("site 'router' is recorded, and no layer of the model has it");
    TraceManifest short1 =
        manifest("router").toBuilder().setModel(shape().clearRouted().addRouted(true)).build();
    assertThatThrownBy(() -> TraceBlock.of(short1, TOKENS))
        .hasMessage("routed has 1 entries, want one for each of 3 layers");
  }

  private static ModelShape.Builder shape() {
    return ModelShape.newBuilder()
        .setName("routed")
        .setLayers(3)
        .setHiddenSize(5)
        .setIntermediateSize(7)
        .setExperts(4)
        .setExpertsPerToken(2)
        .setExpertIntermediateSize(3)
        .addAllRouted(List.of(false, true, false));
  }

  private static TraceManifest manifest(String... sites) {
    return TraceManifest.newBuilder()
        .setFormatVersion(1)
        .setModel(shape())
        .setSequences(1)
        .setTokens(TOKENS)
        .addAllSites(List.of(sites))
        .build();
  }

  private static TraceBlock block(TraceManifest manifest) {
    TraceBlock block = TraceBlock.of(manifest, TOKENS);
    for (int position = 0; position < TOKENS; position++) {
      block.add(0, position, 1);
    }
    return block;
  }
}
