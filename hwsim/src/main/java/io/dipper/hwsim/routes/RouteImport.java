package io.dipper.hwsim.routes;

import io.dipper.files.OutputFile;
import io.dipper.progress.Progress;
import io.dipper.proto.ExpertSlice;
import io.dipper.proto.LayerStorage;
import io.dipper.proto.ModelShape;
import io.dipper.proto.TraceManifest;
import io.dipper.trace.Site;
import io.dipper.trace.TraceBlock;
import io.dipper.trace.TraceWriter;
import java.nio.file.Path;

/**
 * Makes a trace of an engine's router trace: the chosen experts and their weights, and of the model
 * what the file says of it. It has no logits, no activations, no token ids and no losses.
 *
 * <p>A turn becomes a sequence. The file is read twice: to count and check, then to write.
 */
public final class RouteImport {
  private static final int BLOCK = 256;
  private static final int MATRICES = 3;

  private final RouteHeader header;
  private final TraceWriter writer;
  private final TraceBlock block;
  private final Progress progress;
  private int sequence = -1;
  private int turn = -1;
  private int position;

  private RouteImport(
      RouteHeader header, TraceManifest manifest, OutputFile output, Progress progress) {
    this.header = header;
    this.writer = TraceWriter.create(output, manifest, null);
    this.block = TraceBlock.of(manifest, BLOCK);
    this.progress = progress;
  }

  /**
   * Imports a file.
   *
   * @param producer what the trace says of its maker
   * @param output claimed, and closed afterwards
   * @return what the trace says of itself
   * @throws io.dipper.error.UserException with file and line of the first thing that is wrong
   */
  public static TraceManifest run(
      Path file, String producer, OutputFile output, Progress progress) {
    progress.start("checking", "tokens", -1);
    RouteCounts counts = new RouteCounts(progress);
    RouteHeader header = RouteReader.read(file, counts);
    TraceManifest manifest =
        counts.manifest().toBuilder()
            .setModel(shape(header, counts))
            .setImportedFrom(String.valueOf(file.getFileName()))
            .setProducer(producer)
            .build();
    progress.start("importing", "tokens", manifest.getTokens());
    RouteImport importer = new RouteImport(header, manifest, output, progress);
    try (TraceWriter writer = importer.writer) {
      RouteReader.read(file, (again, pass) -> importer.add(pass));
      importer.flush();
      writer.finish();
    }
    return manifest;
  }

  private static ModelShape shape(RouteHeader header, RouteCounts counts) {
    ModelShape.Builder shape =
        ModelShape.newBuilder()
            .setName(name(header.model()))
            .setLayers(header.layers())
            .setExperts(header.experts())
            .setExpertsPerToken(header.perToken())
            .setNormTopk(counts.sumToOne());
    long least = Long.MAX_VALUE;
    for (int layer = 0; layer < header.layers(); layer++) {
      least = Math.min(least, header.expertBytes(layer));
    }
    for (int layer = 0; layer < header.layers(); layer++) {
      shape.addStorage(storage(header, layer, least));
    }
    return shape.build();
  }

  /** The file's name without its folder and its ending. */
  private static String name(String model) {
    String file = model.substring(Math.max(model.lastIndexOf('/'), model.lastIndexOf('\\')) + 1);
    return file.endsWith(".gguf") ? file.substring(0, file.length() - 5) : file;
  }

  /**
   * The three matrices of an expert, of whose bytes the file gives the sum: in the layers whose
   * experts are smallest all three are as large, and elsewhere the down matrix makes the
   * difference, as in mixtures of tensor types. Places in the file are not known.
   */
  private static LayerStorage storage(RouteHeader header, int layer, long least) {
    LayerStorage.Builder storage =
        LayerStorage.newBuilder().setDenseBytes(header.denseBytes(layer));
    long all = header.expertBytes(layer);
    long matrix = least / MATRICES;
    if (least % MATRICES == 0) {
      storage.addSlices(ExpertSlice.newBuilder().setMatrices("gate").setBytes(matrix));
      storage.addSlices(ExpertSlice.newBuilder().setMatrices("up").setBytes(matrix));
      storage.addSlices(ExpertSlice.newBuilder().setMatrices("down").setBytes(all - 2 * matrix));
    } else {
      storage.addSlices(ExpertSlice.newBuilder().setMatrices("gate_up_down").setBytes(all));
    }
    return storage.build();
  }

  private void add(RoutePass pass) {
    if (pass.turn() != turn) {
      turn = pass.turn();
      sequence++;
      position = 0;
    }
    pass.tokens().forEach(this::add);
  }

  private void add(TokenRoutes routes) {
    if (block.rows() == BLOCK) {
      flush();
    }
    int row = block.add(sequence, position++, 0);
    for (int layer = 0; layer < header.layers(); layer++) {
      float[] experts = new float[header.perToken()];
      int[] chosen = routes.experts(layer);
      for (int rank = 0; rank < experts.length; rank++) {
        experts[rank] = chosen[rank]; // whole numbers, far below 2^24
      }
      block.put(layer, Site.EXPERTS, row, 1, experts);
      block.put(layer, Site.EXPERT_WEIGHTS, row, 1, routes.weights(layer));
    }
    progress.advance(1);
  }

  private void flush() {
    if (block.rows() > 0) {
      writer.append(block);
      block.clear();
    }
  }

  /** The tokens of all prompts. */
  public static int promptTokens(TraceManifest manifest) {
    return manifest.getPromptsList().stream().mapToInt(Integer::intValue).sum();
  }
}
