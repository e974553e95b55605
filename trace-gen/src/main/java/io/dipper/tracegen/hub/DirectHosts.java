package io.dipper.tracegen.hub;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * One entry of NO_PROXY: {@code *}, a domain with all below it (a leading dot changes nothing), an
 * IP address, or a block of them such as {@code 10.0.0.0/8}.
 */
record DirectHosts(String entry) {
  boolean contain(String host) {
    if (entry.equals("*")) {
      return true;
    }
    if (isAddress(host)) {
      return isIn(host);
    }
    String name = trimmed(host);
    String domain = trimmed(entry.startsWith(".") ? entry.substring(1) : entry);
    return name.equals(domain) || name.endsWith("." + domain);
  }

  private static String trimmed(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private boolean isIn(String host) {
    int slash = entry.indexOf('/');
    String network = (slash < 0 ? entry : entry.substring(0, slash)).replaceAll("[\\[\\]]", "");
    if (!isAddress(network)) {
      return false;
    }
    byte[] of = bytes(network);
    byte[] address = bytes(host);
    String length = slash < 0 ? String.valueOf(8 * of.length) : entry.substring(slash + 1);
    if (of.length != address.length || !length.matches("\\d{1,3}")) {
      return false;
    }
    int bits = Integer.parseInt(length);
    for (int bit = 0; bit < Math.min(bits, 8 * of.length); bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((of[bit / 8] & mask) != (address[bit / 8] & mask)) {
        return false;
      }
    }
    return bits <= 8 * of.length;
  }

  /** Whether it is written in numbers, so that no name is looked up for it. */
  private static boolean isAddress(String host) {
    return host.matches("\\d{1,3}(\\.\\d{1,3}){3}")
        || host.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
  }

  private static byte[] bytes(String address) {
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException e) {
      return new byte[0]; // such as 300.1.1.1, which is no address
    }
  }
}
