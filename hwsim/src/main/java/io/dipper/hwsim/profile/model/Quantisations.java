package io.dipper.hwsim.profile.model;

import io.dipper.config.Nearest;
import io.dipper.config.YamlMapping;
import io.dipper.config.YamlNode;
import io.dipper.config.YamlScalar;
import io.dipper.error.UserException;
import io.dipper.weight.WeightType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The quantisations known by name; they stand in the resource {@code quants.yaml}. */
public final class Quantisations {
  private static final String FILE = "quants.yaml";
  private static final String TYPE = "a tensor type, or types with their shares";
  private static final List<Quantisation> BUILT_IN = read(Catalogue.read(FILE));

  private Quantisations() {}

  /** Every quantisation, in the order of the file. */
  public static List<Quantisation> all() {
    return BUILT_IN;
  }

  /**
   * A quantisation by its name, in capitals or not.
   *
   * @throws UserException where there is none; it names the nearest
   */
  public static Quantisation find(String name) {
    List<String> names = BUILT_IN.stream().map(Quantisation::name).toList();
    return BUILT_IN.stream()
        .filter(quantisation -> quantisation.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "unknown quantisation '"
                        + name
                        + "'; "
                        + Nearest.hint(name, names)
                        + " (dipper models quants)"));
  }

  /** The quantisations of a document, checked. */
  static List<Quantisation> read(YamlMapping root) {
    List<Quantisation> all = new ArrayList<>();
    for (Map.Entry<String, YamlNode> entry : root.values().entrySet()) {
      YamlMapping mapping = entry.getValue().asMapping("the types of a quantisation");
      all.add(quantisation(entry.getKey(), mapping));
    }
    return List.copyOf(all);
  }

  private static Quantisation quantisation(String name, YamlMapping mapping) {
    List<String> kinds = Arrays.stream(TensorKind.values()).map(TensorKind::label).toList();
    mapping.allowOnly(Stream.concat(Stream.of("about", "weights"), kinds.stream()).toList());
    YamlNode weights = mapping.require("weights");
    Map<TensorKind, Map<WeightType, Double>> types = new EnumMap<>(TensorKind.class);
    for (TensorKind kind : TensorKind.values()) {
      YamlNode own = mapping.get(kind.label());
      types.put(kind, types(own == null ? weights : own));
    }
    return new Quantisation(name, Catalogue.text(mapping, "about"), types);
  }

  private static Map<WeightType, Double> types(YamlNode node) {
    Map<WeightType, Double> shares = new EnumMap<>(WeightType.class);
    if (!(node instanceof YamlMapping mapping)) {
      shares.put(type(node, node.asScalar(TYPE).text()), 1.0);
      return shares;
    }
    double sum = 0;
    for (Map.Entry<String, YamlNode> entry : mapping.values().entrySet()) {
      YamlScalar text = entry.getValue().asScalar("a share of the layers");
      double share = text.asDouble("a share of the layers");
      shares.put(type(node, entry.getKey()), share);
      sum += share;
    }
    if (sum != 1) {
      throw node.error("the shares add up to " + sum + "; they must add up to 1");
    }
    return shares;
  }

  private static WeightType type(YamlNode node, String name) {
    List<String> names = Arrays.stream(WeightType.values()).map(WeightType::label).toList();
    return Arrays.stream(WeightType.values())
        .filter(type -> type.label().equals(name))
        .findFirst()
        .orElseThrow(() -> node.error("unknown type '" + name + "'; " + Nearest.hint(name, names)));
  }
}
