package io.dipper.registry;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.dipper.config.Nearest;
import io.dipper.error.UserException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The things of one kind that users choose by name, in the order of the documentation.
 *
 * @param <T> what an entry gives, mostly a factory
 */
public final class Registry<T> {
  private final String kind;
  private final Supplier<List<Declared<T>>> source;
  private volatile @Nullable List<Declared<T>> known;

  /**
   * @param kind of thing, for messages, e.g. {@code policy}
   */
  public Registry(String kind, List<Declared<T>> entries) {
    this(kind, () -> entries);
  }

  /**
   * A registry whose entries are not asked for before they are needed.
   *
   * @param kind of thing, for messages
   */
  public Registry(String kind, Supplier<List<Declared<T>>> source) {
    this.kind = kind;
    this.source = source;
  }

  /** A registry of constants, the default first. */
  @SafeVarargs
  public static <T> Registry<T> of(String kind, Declared<T>... entries) {
    return new Registry<>(kind, List.of(entries));
  }

  private List<Declared<T>> entries() {
    List<Declared<T>> entries = known;
    if (entries == null) {
      entries = List.copyOf(source.get());
      known = entries;
    }
    return entries;
  }

  /** The kind of thing that it holds, for messages. */
  public String kind() {
    return kind;
  }

  /** What users are told of each entry. */
  public List<Description> all() {
    return entries().stream().map(Declared::description).toList();
  }

  public List<String> names() {
    return entries().stream().map(Declared::name).toList();
  }

  /** The names for a person: {@code lru, lfu or belady}. */
  public String choices() {
    List<String> names = names();
    int last = names.size() - 1;
    return last < 1
        ? String.join("", names)
        : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
  }

  /**
   * The entry of a name.
   *
   * @throws UserException if there is none, with the nearest name
   */
  public Declared<T> find(String name) {
    return entries().stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "unknown " + kind + " '" + name + "'; " + Nearest.hint(name, names())));
  }

  /**
   * Whether the entry of a name has a trait; a name that none has, e.g. of old results, has not.
   */
  public boolean declares(String name, Trait trait) {
    return entries().stream()
        .anyMatch(entry -> entry.name().equals(name) && entry.description().has(trait));
  }

  /** What users are told of the entry of a name; empty where there is none, e.g. of old results. */
  public Optional<Description> described(String name) {
    return all().stream().filter(description -> description.name().equals(name)).findFirst();
  }

  /** What the entry of a name gives. */
  public T get(String name) {
    return find(name).value();
  }

  /** The name of what an entry gives; asking for what none gives is a bug. */
  public String nameOf(T value) {
    return entries().stream()
        .filter(entry -> entry.value().equals(value))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no " + kind + " is " + value))
        .name();
  }

  /**
   * The choice with every default filled in, in the order of the declaration.
   *
   * @throws UserException if the name or a parameter is unknown, missing or out of range
   */
  public Choice resolve(Choice choice) {
    Description description = find(choice.name()).description();
    Map<String, Value> given = choice.parameters().getFieldsMap();
    List<String> known = description.parameterNames();
    for (String key : given.keySet()) {
      if (!known.contains(key)) {
        String hint = known.isEmpty() ? "it has none" : Nearest.hint(key, known);
        throw error(choice, "unknown parameter '" + key + "'; " + hint);
      }
    }
    checkAlternatives(choice, description);
    Struct.Builder resolved = Struct.newBuilder();
    for (Parameter parameter : description.parameters()) {
      Value value = given.get(parameter.name());
      if (value != null) {
        resolved.putFields(parameter.name(), read(choice, parameter, value));
      } else if (parameter.defaultValue() != null) {
        resolved.putFields(parameter.name(), parameter.defaultValue());
      }
    }
    return new Choice(choice.name(), resolved.build());
  }

  /** The choice without what is anyhow the default; as it is where nothing of that name exists. */
  public Choice brief(Choice choice) {
    Struct.Builder told = choice.parameters().toBuilder();
    entries().stream()
        .filter(entry -> entry.name().equals(choice.name()))
        .flatMap(entry -> entry.description().parameters().stream())
        .filter(parameter -> choice.has(parameter.name()))
        .filter(
            parameter ->
                choice
                    .parameters()
                    .getFieldsOrThrow(parameter.name())
                    .equals(parameter.defaultValue()))
        .forEach(parameter -> told.removeFields(parameter.name()));
    return new Choice(choice.name(), told.build());
  }

  /**
   * The files that a choice's parameters name, by parameter, in the order of the declaration; none
   * where nothing of that name exists.
   */
  public Map<String, Path> files(Choice choice) {
    Map<String, Path> files = new LinkedHashMap<>();
    entries().stream()
        .filter(entry -> entry.name().equals(choice.name()))
        .flatMap(entry -> entry.description().parameters().stream())
        .filter(parameter -> parameter.kind() == Parameter.Kind.FILE)
        .map(Parameter::name)
        .filter(parameter -> !choice.textOf(parameter).isEmpty())
        .forEach(parameter -> files.put(parameter, Path.of(choice.textOf(parameter))));
    return files;
  }

  private Value read(Choice choice, Parameter parameter, Value value) {
    return parameter
        .read(value)
        .orElseThrow(
            () ->
                error(
                    choice,
                    parameter.name()
                        + " is "
                        + Parameter.print(value)
                        + "; "
                        + parameter.hint(value)));
  }

  private void checkAlternatives(Choice choice, Description description) {
    if (description.alternatives().isEmpty()) {
      return;
    }
    List<String> given =
        description.alternatives().stream()
            .flatMap(List::stream)
            .distinct()
            .filter(choice::has)
            .toList();
    if (!description.alternatives().contains(given)) {
      String choices =
          description.alternatives().stream()
              .map(names -> String.join(" and ", names))
              .collect(Collectors.joining(", or "));
      String found = given.isEmpty() ? "" : " (given: " + String.join(", ", given) + ")";
      throw error(choice, "give " + choices + found);
    }
  }

  private UserException error(Choice choice, String what) {
    return new UserException(kind + " " + choice.name() + ": " + what);
  }
}
