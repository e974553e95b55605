package io.dipper.cli.command;

import io.dipper.cli.console.Table;
import io.dipper.config.Nearest;
import io.dipper.error.UserException;
import io.dipper.hwsim.replay.cache.CacheDescription;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.mask.Parameter;
import io.dipper.hwsim.replay.mask.PolicyDescription;
import io.dipper.hwsim.replay.policy.Policies;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
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
    Table masks = new Table("mask (--policy)", "parameters", "what is selected");
    for (PolicyDescription policy : Policies.all()) {
      String names =
          policy.parameters().stream().map(Parameter::name).collect(Collectors.joining(", "));
      masks.row(policy.name(), names, policy.summary());
    }
    masks.print(out());
    out().println();
    Table caches = new Table("cache (--cache)", "what is kept");
    for (CacheDescription cache : Caches.all()) {
      caches.row(cache.name(), cache.summary());
    }
    caches.print(out());
  }

  @Command(
      description = "Shows one mask or cache with its parameters.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  dipper policies show dip-ca"})
  void show(@Parameters(paramLabel = "NAME", description = "A mask or a cache.") String name) {
    Optional<PolicyDescription> mask =
        Policies.all().stream().filter(p -> p.name().equals(name)).findFirst();
    Optional<CacheDescription> cache =
        Caches.all().stream().filter(c -> c.name().equals(name)).findFirst();
    if (mask.isEmpty() && cache.isEmpty()) {
      List<String> names =
          Stream.concat(
                  Policies.all().stream().map(PolicyDescription::name),
                  Caches.all().stream().map(CacheDescription::name))
              .toList();
      throw new UserException("unknown policy '" + name + "'; " + Nearest.hint(name, names));
    }
    mask.ifPresent(this::print);
    cache.ifPresent(this::print);
  }

  private void print(PolicyDescription policy) {
    out().printf("%s: %s%nsource: %s%n", policy.name(), policy.summary(), policy.source());
    if (!policy.alternatives().isEmpty()) {
      out()
          .printf(
              "give %s%n",
              policy.alternatives().stream()
                  .map(names -> String.join(" and ", names))
                  .collect(Collectors.joining(", or ")));
    }
    if (!policy.parameters().isEmpty()) {
      out().println();
      Table table = new Table("parameter", "value", "default", "meaning");
      for (Parameter parameter : policy.parameters()) {
        String preset =
            parameter.defaultValue() == null ? "-" : Parameter.print(parameter.defaultValue());
        table.row(parameter.name(), parameter.range(), preset, parameter.meaning());
      }
      table.print(out());
    }
  }

  private void print(CacheDescription cache) {
    out().printf("%s: %s%nsource: %s%n", cache.name(), cache.summary(), cache.source());
    out()
        .printf(
            "overflow, where a mask is larger than the cache: %s:overflow=RULE, of %s%n",
            cache.name(),
            Caches.overflows().stream().map(Caches::print).collect(Collectors.joining(", ")));
    if (cache.seesTheFuture()) {
      out().println("in replay only, and for masks that do not depend on the cache");
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
