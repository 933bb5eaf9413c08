package io.tidegate.webhook.dns;

import io.netty.channel.EventLoop;
import io.netty.resolver.dns.AuthoritativeDnsServerCache;
import io.netty.resolver.dns.DnsServerAddressStream;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import java.net.InetSocketAddress;

/**
 * Keeps a resolver to the name servers it was given. Netty's follows referrals: an answer that
 * holds nothing but other name servers and their addresses makes it ask those, and whoever owns a
 * zone could have it send to any address. It looks here for the servers of a zone before it follows
 * one, and always finds those that this machine is set up to ask.
 */
final class ConfiguredServersOnly implements AuthoritativeDnsServerCache {
  private final DnsServerAddressStreamProvider configured;

  ConfiguredServersOnly(DnsServerAddressStreamProvider configured) {
    this.configured = configured;
  }

  @Override
  public DnsServerAddressStream get(String zone) {
    return configured.nameServerAddressStream(zone);
  }

  /** Forgets it: what an answer says of other servers counts for nothing. */
  @Override
  public void cache(String zone, InetSocketAddress server, long ttl, EventLoop loop) {}

  @Override
  public void clear() {}

  @Override
  public boolean clear(String zone) {
    return false;
  }
}
