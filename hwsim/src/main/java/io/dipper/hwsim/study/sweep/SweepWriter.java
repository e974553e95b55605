package io.dipper.hwsim.study.sweep;

import io.dipper.hwsim.profile.model.Quantisation;
import io.dipper.hwsim.study.setting.RelativePath;
import io.dipper.proto.PointConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * Writes a sweep with everything spelt out, as a sweep file that gives the same points: every
 * policy with all parameters, block length and bits as they were used.
 */
final class SweepWriter {
  private static final DumpSettings SETTINGS =
      DumpSettings.builder().setDefaultFlowStyle(FlowStyle.AUTO).setWidth(1000).build();

  private SweepWriter() {}

  /**
   * The file's text.
   *
   * @param folder where the file will lie; paths in it are relative to it
   * @param completed any completed point; what is the same in all of them is read from it
   */
  static String write(SweepSpec spec, Path folder, PointConfig completed) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (spec.trace() != null) {
      map.put("trace", RelativePath.of(spec.trace(), folder));
    }
    Map<String, Object> model = model(spec.model(), folder);
    if (!model.isEmpty()) {
      map.put("model", model);
    }
    spec.grid().write(folder, completed, map);
    return new Dump(SETTINGS).dumpToString(map);
  }

  private static Map<String, Object> model(ModelChoice choice, Path folder) {
    Map<String, Object> map = new LinkedHashMap<>();
    List<String> shapes = choice.runs().stream().map(run -> text(run, folder)).toList();
    if (!shapes.isEmpty()) {
      map.put("shape", shapes.size() == 1 ? shapes.get(0) : shapes);
      map.put("tokens", choice.runs().get(0).recording().tokens());
    }
    Quantisation quantisation = choice.quantisation();
    if (quantisation != null) {
      map.put("quant", quantisation.name());
    }
    return map;
  }

  private static String text(ModelChoice.Run run, Path folder) {
    Path file = run.file();
    return file == null ? run.name() : RelativePath.of(file, folder);
  }
}
