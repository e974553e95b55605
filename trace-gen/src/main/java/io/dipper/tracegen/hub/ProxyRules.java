package io.dipper.tracegen.hub;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which addresses are asked through which proxy, by the variables that curl knows: HTTPS_PROXY or
 * HTTP_PROXY by the scheme of the address, ALL_PROXY for both, and NO_PROXY, what is asked
 * directly; each in lower case too, which goes first.
 */
final class ProxyRules {
  private final Map<String, String> environment;
  private final List<DirectHosts> direct;

  ProxyRules(Map<String, String> environment) {
    this.environment = environment;
    this.direct =
        value("no_proxy").stream()
            .flatMap(text -> Arrays.stream(text.split("[,\\s]+")))
            .filter(entry -> !entry.isEmpty())
            .map(DirectHosts::new)
            .toList();
  }

  /** The proxy for an address; empty where it is asked directly. */
  Optional<ProxyServer> of(URI address) {
    String host = String.valueOf(address.getHost()).replaceAll("[\\[\\]]", "");
    if (direct.stream().anyMatch(hosts -> hosts.contain(host))) {
      return Optional.empty();
    }
    String own = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT) + "_proxy";
    return Stream.of(own, "all_proxy")
        .filter(name -> value(name).isPresent())
        .findFirst()
        .flatMap(name -> server(name, value(name).orElseThrow()));
  }

  /** A variable that is set to nothing asks for no proxy. */
  private Optional<ProxyServer> server(String name, String text) {
    String spelt = environment.containsKey(name) ? name : name.toUpperCase(Locale.ROOT);
    return text.isBlank() ? Optional.empty() : Optional.of(ProxyServer.parse(spelt, text));
  }

  private Optional<String> value(String name) {
    return Stream.of(name, name.toUpperCase(Locale.ROOT))
        .filter(environment::containsKey)
        .map(environment::get)
        .findFirst();
  }
}
