package io.tidegate.settings;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where webhooks may go besides public addresses over https: ranges and hosts that whoever runs the
 * gateway has named. Nobody's tenant can add to it.
 *
 * @param ranges addresses that may be private, and may be spoken to over http
 * @param hosts names whose addresses may be so, whatever they are
 */
public record WebhookAllow(List<AddressRange> ranges, Set<HostName> hosts) {
  /** Public addresses over https, and nothing else. */
  public static final WebhookAllow NOTHING = new WebhookAllow(List.of(), Set.of());

  private static final String ALLOW = "TIDEGATE_WEBHOOK_ALLOW";

  public WebhookAllow {
    ranges = List.copyOf(ranges);
    hosts = Set.copyOf(hosts);
  }

  /**
   * CIDR ranges, addresses and names of hosts, with commas or spaces between them.
   *
   * @throws SettingsException with one line that says what is wrong
   */
  public static WebhookAllow parse(String text) {
    List<AddressRange> ranges = new ArrayList<>();
    Set<HostName> hosts = new HashSet<>();
    for (String entry : text.split("[,\\s]+", -1)) {
      if (entry.isEmpty()) {
        continue;
      }
      HostName host = HostName.of(entry);
      if (host != null) {
        hosts.add(host);
      } else if (looksLikeARange(entry)) {
        ranges.add(AddressRange.parse(ALLOW, entry));
      } else {
        throw new SettingsException(
            ALLOW
                + ": "
                + entry
                + " is not an address, CIDR range or name of a host"
                + " (no scheme, port, path or wildcard)");
      }
    }
    return new WebhookAllow(ranges, hosts);
  }

  static WebhookAllow read(Variables variables) {
    return parse(variables.get(ALLOW, ""));
  }

  public boolean names(InetAddress address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }

  private static boolean looksLikeARange(String entry) {
    int slash = entry.indexOf('/');
    return AddressRange.address(slash < 0 ? entry : entry.substring(0, slash)) != null;
  }
}
