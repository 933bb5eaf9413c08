package io.tidegate.webhook.send;

import io.tidegate.settings.AddressRange;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * A range of addresses that is not the public network (IANA's registries of special-purpose
 * addresses, RFC 6890), and addresses at which clouds tell their machines secrets.
 *
 * @param nameable whether {@code TIDEGATE_WEBHOOK_ALLOW} may open it; all others are never called
 */
record Reserved(AddressRange range, boolean nameable, String what) {
  /** The first that fits counts: what is narrow stands before what is around it. */
  private static final List<Reserved> RANGES =
      List.of(
          never("100.100.100.200", "metadata of a cloud"),
          never("168.63.129.16", "metadata of a cloud"),
          never("fd00:ec2::/32", "metadata of a cloud"),
          never("fd00:42::42", "metadata of a cloud"),
          never("fd20:ce::254", "metadata of a cloud"),
          named("127.0.0.0/8", "the gateway's own machine"),
          named("::1", "the gateway's own machine"),
          named("10.0.0.0/8", "a private network"),
          named("172.16.0.0/12", "a private network"),
          named("192.168.0.0/16", "a private network"),
          named("100.64.0.0/10", "shared by a carrier's customers"),
          named("fc00::/7", "a private network"),
          never("0.0.0.0/8", "this network"),
          never("169.254.0.0/16", "link-local, metadata of clouds"),
          never("192.0.0.0/24", "protocol assignments"),
          never("192.0.2.0/24", "for documentation"),
          never("192.88.99.0/24", "6to4 relays"),
          never("198.18.0.0/15", "for benchmarks"),
          never("198.51.100.0/24", "for documentation"),
          never("203.0.113.0/24", "for documentation"),
          never("224.0.0.0/4", "multicast"),
          never("240.0.0.0/4", "reserved or broadcast"),
          // Teredo (2001::/32) and benchmarks (2001:2::/48) are in it.
          never("2001::/23", "protocol assignments"),
          never("2001:db8::/32", "for documentation"),
          never("3fff::/20", "for documentation"),
          never("2002::/16", "6to4, with an address of IPv4 in it"));

  private static final AddressRange UNICAST = AddressRange.parse("unicast", "2000::/3");

  /**
   * All of IPv6 that is not in use. Among it is what holds addresses of IPv4, such as {@code
   * ::/96}, {@code ::ffff:0:0/96} and NAT64 ({@code 64:ff9b::/96}, {@code 64:ff9b:1::/48}); and
   * {@code fe80::/10}, the former {@code fec0::/10}, multicast, and the unspecified address.
   */
  private static final Reserved NOT_UNICAST = never("::/0", "no public address of IPv6");

  private static Reserved never(String range, String what) {
    return new Reserved(AddressRange.parse("reserved", range), false, what);
  }

  private static Reserved named(String range, String what) {
    return new Reserved(AddressRange.parse("reserved", range), true, what);
  }

  /** Empty: the address is public. */
  static Optional<Reserved> of(InetAddress address) {
    for (Reserved each : RANGES) {
      if (each.range.contains(address)) {
        return Optional.of(each);
      }
    }
    return address instanceof Inet6Address && !UNICAST.contains(address)
        ? Optional.of(NOT_UNICAST)
        : Optional.empty();
  }

  /** What the whole range lies in, if in one. */
  static Optional<Reserved> around(AddressRange range) {
    return of(range.first())
        .filter(each -> each.range.contains(range))
        .filter(each -> each != NOT_UNICAST || !holdsOthers(range));
  }

  private static boolean holdsOthers(AddressRange range) {
    return range.contains(UNICAST) || RANGES.stream().anyMatch(each -> range.contains(each.range));
  }
}
