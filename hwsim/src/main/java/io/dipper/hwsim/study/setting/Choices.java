package io.dipper.hwsim.study.setting;

import com.google.protobuf.Value;
import io.dipper.registry.Choice;
import io.dipper.registry.Parameter;
import io.dipper.registry.Registry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Policies or caches: a name with parameters, of which a sweep file may list several values each.
 *
 * @param <T> what a point's configuration holds
 */
abstract class Choices<T> extends SettingValues<T> {
  private final Registry<?> registry;

  Choices(Registry<?> registry) {
    this.registry = registry;
  }

  /** A value as a name and all of its parameters. */
  abstract Choice choice(T value);

  /** What is made of a choice of a sweep file. */
  abstract List<T> make(Choice choice, Written written);

  @Override
  public String print(T value) {
    return registry.brief(choice(value)).toString();
  }

  @Override
  List<T> read(Written written) {
    return new ChoiceGrid<>(registry, expected(), written.file(), choice -> make(choice, written))
        .read(written.node());
  }

  @Override
  Object write(T value, Path folder) {
    Choice choice = choice(value);
    Map<String, Parameter> declared =
        registry.find(choice.name()).description().parameters().stream()
            .collect(Collectors.toMap(Parameter::name, parameter -> parameter));
    Map<String, Object> parameters = new TreeMap<>();
    choice
        .parameters()
        .getFieldsMap()
        .forEach((name, of) -> parameters.put(name, write(declared.get(name), of, folder)));
    return parameters.isEmpty() ? choice.name() : Map.of(choice.name(), parameters);
  }

  private static Object write(@Nullable Parameter parameter, Value value, Path folder) {
    if (parameter != null && parameter.kind() == Parameter.Kind.FILE) {
      return RelativePath.of(Path.of(value.getStringValue()), folder);
    }
    return switch (value.getKindCase()) {
      case NUMBER_VALUE -> number(value.getNumberValue());
      case BOOL_VALUE -> value.getBoolValue();
      default -> value.getStringValue();
    };
  }

  @Override
  public List<String> names() {
    return registry.names();
  }
}
