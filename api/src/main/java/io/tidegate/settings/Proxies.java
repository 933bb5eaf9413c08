package io.tidegate.settings;

import java.net.InetAddress;
import java.util.List;

/**
 * The reverse proxies and load balancers in front of the gateway.
 *
 * @param trusted whose word about their clients is believed; empty: nobody's
 * @param protocol whether their connections begin with the PROXY protocol
 */
public record Proxies(List<AddressRange> trusted, boolean protocol) {
  private static final String TRUSTED = "TIDEGATE_TRUSTED_PROXIES";
  private static final String PROTOCOL = "TIDEGATE_PROXY_PROTOCOL";

  static Proxies read(Variables variables) {
    List<AddressRange> trusted = AddressRange.list(variables, TRUSTED);
    boolean protocol = variables.flag(PROTOCOL, false);
    if (protocol && trusted.isEmpty()) {
      throw new SettingsException(PROTOCOL + " is on, but " + TRUSTED + " names no proxy");
    }
    return new Proxies(trusted, protocol);
  }

  public boolean trust(InetAddress address) {
    return trusted.stream().anyMatch(range -> range.contains(address));
  }
}
