package io.dipper.cli.command;

import io.dipper.cli.console.Table;
import io.dipper.config.Nearest;
import io.dipper.error.UserException;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.registry.Description;
import io.dipper.registry.Parameter;
import io.dipper.registry.Trait;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dipper policies}: the masks and caches there are, and their parameters. */
@Command(
    name = "policies",
    description = "Masks and caches: parameters, ranges, defaults, source.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  dipper policies show dip-ca"})
public final class PoliciesCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    list();
  }

  @Command(
      description = "Lists masks and caches.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  dipper policies list"})
  void list() {
    list("mask (--policy)", "what is selected", Policies.all());
    out().println();
    list("cache (--cache)", "what is kept", Caches.all());
  }

  private void list(String title, String what, List<Description> all) {
    Table table = new Table(title, "parameters", what);
    for (Description entry : all) {
      table.row(entry.name(), String.join(", ", entry.parameterNames()), entry.summary());
    }
    table.print(out());
  }

  @Command(
      description = "Shows one mask or cache with its parameters.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  dipper policies show s3-fifo"})
  void show(@Parameters(paramLabel = "NAME", description = "A mask or a cache.") String name) {
    List<Description> all = Stream.of(Policies.all(), Caches.all()).flatMap(List::stream).toList();
    List<Description> found = all.stream().filter(entry -> entry.name().equals(name)).toList();
    if (found.isEmpty()) {
      List<String> names = all.stream().map(Description::name).toList();
      throw new UserException("unknown policy '" + name + "'; " + Nearest.hint(name, names));
    }
    found.forEach(this::print);
  }

  private void print(Description entry) {
    out().printf("%s: %s%nsource: %s%n", entry.name(), entry.summary(), entry.source());
    if (!entry.alternatives().isEmpty()) {
      out()
          .printf(
              "give %s%n",
              entry.alternatives().stream()
                  .map(names -> String.join(" and ", names))
                  .collect(Collectors.joining(", or ")));
    }
    if (entry.has(Trait.SEES_FUTURE)) {
      out().println("in replay only, and for masks that do not depend on the cache");
    }
    if (!entry.parameters().isEmpty()) {
      out().println();
      Table table = new Table("parameter", "value", "default", "meaning");
      for (Parameter parameter : entry.parameters()) {
        String preset =
            parameter.defaultValue() == null ? "-" : Parameter.print(parameter.defaultValue());
        table.row(parameter.name(), parameter.expected(), preset, parameter.meaning());
      }
      table.print(out());
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
