package io.dipper.registry;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What users are told of something that they choose by name, and what its parameters are checked
 * against.
 *
 * @param name as users write it
 * @param summary one sentence: what it does
 * @param source where it comes from; {@code -} where that is nowhere
 * @param alternatives sets of parameters of which exactly one must be given, and whole; empty where
 *     every parameter may be left out
 * @param parameters all parameters
 * @param traits what is peculiar to it
 */
public record Description(
    String name,
    String summary,
    String source,
    List<List<String>> alternatives,
    List<Parameter> parameters,
    Set<Trait> traits) {
  public Description {
    alternatives = List.copyOf(alternatives);
    parameters = List.copyOf(parameters);
    traits = Set.copyOf(traits);
  }

  /** The description of something without parameters and traits. */
  public static Description of(String name, String summary, String source) {
    return new Description(name, summary, source, List.of(), List.of(), Set.of());
  }

  /** This with more parameters. */
  public Description with(Parameter... more) {
    List<Parameter> all = new ArrayList<>(parameters);
    all.addAll(List.of(more));
    return new Description(name, summary, source, alternatives, all, traits);
  }

  /** This with sets of parameters of which exactly one must be given. */
  public Description oneOf(List<List<String>> sets) {
    return new Description(name, summary, source, sets, parameters, traits);
  }

  /** This with more traits. */
  public Description having(Trait first, Trait... more) {
    EnumSet<Trait> all = EnumSet.of(first, more);
    all.addAll(traits);
    return new Description(name, summary, source, alternatives, parameters, all);
  }

  /** What is declared by this and a value, which mostly is a factory. */
  public <T> Declared<T> by(T value) {
    return new Declared<>(this, value);
  }

  public boolean has(Trait trait) {
    return traits.contains(trait);
  }

  /** The names of the parameters of a role. */
  public List<String> parameterNames(Parameter.Role role) {
    return parameters.stream().filter(p -> p.role() == role).map(Parameter::name).toList();
  }

  /** The names of all parameters. */
  public List<String> parameterNames() {
    return parameters.stream().map(Parameter::name).toList();
  }
}
