package io.dipper.hwsim.study.setting;

import io.dipper.adapter.AdaptedMatrix;
import io.dipper.adapter.Adapter;
import io.dipper.adapter.AdapterFolder;
import io.dipper.error.UserException;
import io.dipper.hwsim.study.setting.Role.Topic;
import io.dipper.hwsim.table.Column;
import io.dipper.proto.AdaptedPart;
import io.dipper.proto.AdapterLayer;
import io.dipper.proto.AdapterSpec;
import io.dipper.proto.ModelShape;
import io.dipper.proto.PointConfig;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adapters: a folder in PEFT's layout, {@code fused:FOLDER}, or none. */
public final class Adapters extends SettingValues<AdapterSpec> {
  /** No adapter. */
  public static final AdapterSpec NONE = AdapterSpec.getDefaultInstance();

  static final Setting<AdapterSpec> SETTING =
      Setting.of(
              Spelling.of(
                      "adapter",
                      new Adapters(),
                      "A LoRA adapter: a folder in PEFT's layout, or fused:FOLDER, added to the"
                          + " weights beforehand")
                  .option("--adapter", "DIR"),
              Role.way(Topic.MASK),
              PointConfig::getAdapter,
              Adapters::put)
          .or(NONE)
          .column(Column.optional("adapter", String.class), Adapters::text);

  private static final String NONE_TEXT = "none";
  private static final String FUSED = "fused:";

  /** Resident weights are taken to have so many bits, whatever their file has. */
  private static final double RESIDENT_BITS = 16;

  /** A point without an adapter has no such field, and so the digest that it always had. */
  private static void put(PointConfig.Builder config, AdapterSpec adapter) {
    if (isNone(adapter)) {
      config.clearAdapter();
    } else {
      config.setAdapter(adapter);
    }
  }

  private static @Nullable String text(PointConfig config) {
    return config.hasAdapter() ? new Adapters().print(config.getAdapter()) : null;
  }

  @Override
  public String expected() {
    return "an adapter's folder, fused:FOLDER, or none";
  }

  @Override
  public AdapterSpec parse(String text) {
    return parse(text, Path.of(""));
  }

  private static AdapterSpec parse(String text, Path beside) {
    if (text.equals(NONE_TEXT)) {
      return NONE;
    }
    boolean fused = text.startsWith(FUSED);
    return of(beside.resolve(fused ? text.substring(FUSED.length()) : text).normalize(), fused);
  }

  /**
   * What a point is told of an adapter.
   *
   * @throws UserException if the folder holds none
   */
  public static AdapterSpec of(Path folder, boolean fused) {
    Adapter adapter = AdapterFolder.read(folder);
    AdapterSpec.Builder spec =
        AdapterSpec.newBuilder()
            .setFolder(folder.toString())
            .setSha256(adapter.sha256())
            .setFused(fused)
            .setBits(RESIDENT_BITS);
    int layers = adapter.matrices().stream().mapToInt(AdaptedMatrix::layer).max().orElse(-1) + 1;
    for (int layer = 0; layer < layers; layer++) {
      spec.addLayers(AdapterLayer.getDefaultInstance());
    }
    for (AdaptedMatrix matrix : adapter.matrices()) {
      AdapterLayer.Builder layer = spec.getLayersBuilder(matrix.layer());
      AdaptedPart.Builder part =
          switch (matrix.target()) {
            case QUERY, KEY, VALUE, OUTPUT -> layer.getAttentionBuilder();
            case GATE, UP -> layer.getUpGateBuilder();
            case DOWN -> layer.getDownBuilder();
          };
      part.setWeights(part.getWeights() + matrix.map().weights());
      part.setMatrices(part.getMatrices() + 1);
    }
    return spec.build();
  }

  /**
   * Reads a point's adapter again, and checks that it belongs to the model.
   *
   * @throws UserException if it does not, or is not what it was when the point was set up
   */
  public static Adapter read(AdapterSpec spec, ModelShape shape) {
    Path folder = Path.of(spec.getFolder());
    Adapter adapter = AdapterFolder.read(folder);
    if (!adapter.sha256().equals(spec.getSha256())) {
      throw UserException.in(
          folder, "has changed since the points that name it were set up; start over with it");
    }
    adapter.check(folder, shape);
    return adapter;
  }

  @Override
  public String print(AdapterSpec value) {
    return isNone(value) ? NONE_TEXT : (value.getFused() ? FUSED : "") + value.getFolder();
  }

  /** Whether it is no adapter. */
  public static boolean isNone(AdapterSpec spec) {
    return spec.getSha256().isEmpty();
  }

  /** Folders in a sweep file are relative to its own. */
  @Override
  List<AdapterSpec> read(Written written) {
    Path beside = written.file().resolveSibling("");
    return WrittenValues.list(
        written.node(),
        expected(),
        node -> WrittenValues.placed(node, () -> parse(node.asScalar(expected()).text(), beside)));
  }

  @Override
  Object write(AdapterSpec value, Path folder) {
    return isNone(value)
        ? NONE_TEXT
        : (value.getFused() ? FUSED : "") + RelativePath.of(Path.of(value.getFolder()), folder);
  }

  @Override
  public List<Path> inputs(AdapterSpec value) {
    return isNone(value) ? List.of() : AdapterFolder.files(Path.of(value.getFolder()));
  }
}
