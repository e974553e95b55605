package io.dipper.hwsim.study.setting;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.Values;
import io.dipper.config.Nearest;
import io.dipper.config.YamlMapping;
import io.dipper.config.YamlNode;
import io.dipper.config.YamlScalar;
import io.dipper.registry.Choice;
import io.dipper.registry.Description;
import io.dipper.registry.Parameter;
import io.dipper.registry.Parameter.Kind;
import io.dipper.registry.Registry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The policies or caches of a sweep: a name, {@code name:key=value} as on the command line, or a
 * mapping from a name to parameters with one or several values each, of which every combination is
 * one.
 *
 * @param registry of what there is to choose
 * @param expected what belongs here, for messages
 * @param file the sweep file; files that parameters name are relative to its folder
 * @param make checks a choice, and makes of it what points hold
 */
record ChoiceGrid<T>(
    Registry<?> registry, String expected, Path file, Function<Choice, List<T>> make) {

  /** Everything that a node says, in the order of the file. */
  List<T> read(YamlNode node) {
    return WrittenValues.list(node, expected, this::entry).stream().flatMap(List::stream).toList();
  }

  private List<T> entry(YamlNode node) {
    if (!(node instanceof YamlMapping mapping)) {
      String text = node.asScalar(expected).text();
      return WrittenValues.placed(
          node, () -> make.apply(located(Choice.parse(registry.kind(), text))));
    }
    List<T> made = new ArrayList<>();
    for (Map.Entry<String, YamlNode> entry : mapping.values().entrySet()) {
      Description description = describe(mapping, entry.getKey());
      for (Choice choice : combinations(description, entry.getValue())) {
        made.addAll(WrittenValues.placed(entry.getValue(), () -> make.apply(located(choice))));
      }
    }
    return made;
  }

  private Description describe(YamlMapping mapping, String name) {
    if (!registry.names().contains(name)) {
      throw mapping
          .keyAt(name)
          .error(
              "unknown "
                  + registry.kind()
                  + " '"
                  + name
                  + "'; "
                  + Nearest.hint(name, registry.names()));
    }
    return registry.find(name).description();
  }

  private static List<Choice> combinations(Description description, YamlNode node) {
    List<Choice> choices = List.of(Choice.of(description.name()));
    if (node instanceof YamlScalar scalar && scalar.isNull()) {
      return choices;
    }
    YamlMapping given = node.asMapping("parameters, e.g. {density: 0.5}");
    given.allowOnly(description.parameterNames());
    for (Parameter parameter : description.parameters()) {
      YamlNode values = given.get(parameter.name());
      if (values != null) {
        choices = extended(choices, parameter.name(), values(parameter, values));
      }
    }
    return choices;
  }

  private static List<Choice> extended(List<Choice> choices, String name, List<Value> values) {
    List<Choice> longer = new ArrayList<>();
    for (Choice choice : choices) {
      values.forEach(value -> longer.add(choice.with(name, value)));
    }
    return longer;
  }

  private static List<Value> values(Parameter parameter, YamlNode node) {
    String expected = parameter.expected();
    return switch (parameter.kind()) {
      case NUMBER, INTEGER, SHARE ->
          WrittenValues.numbers(node, expected, parameter.kind() == Kind.SHARE).stream()
              .map(number -> number(parameter, number))
              .toList();
      case FLAG ->
          WrittenValues.list(node, expected, item -> item.asScalar(expected).asBoolean()).stream()
              .map(Values::of)
              .toList();
      case FILE, CHOICE ->
          WrittenValues.list(node, expected, item -> item.asScalar(expected).text()).stream()
              .map(Values::of)
              .toList();
    };
  }

  private static Value number(Parameter parameter, WrittenValues.Number number) {
    return parameter
        .read(Values.of(number.value()))
        .orElseThrow(
            () ->
                number
                    .at()
                    .error(
                        parameter.name()
                            + " is "
                            + number.at().text()
                            + "; it must be "
                            + parameter.expected()));
  }

  /** The choice with the files that it names found beside the sweep file. */
  private Choice located(Choice choice) {
    if (!registry.names().contains(choice.name())) {
      return choice;
    }
    Struct.Builder parameters = choice.parameters().toBuilder();
    for (Parameter parameter : registry.find(choice.name()).description().parameters()) {
      if (parameter.kind() == Kind.FILE && !choice.textOf(parameter.name()).isEmpty()) {
        Path named = file.resolveSibling(choice.textOf(parameter.name()));
        parameters.putFields(parameter.name(), Values.of(named.toString()));
      }
    }
    return new Choice(choice.name(), parameters.build());
  }
}
