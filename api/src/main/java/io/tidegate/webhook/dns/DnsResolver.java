package io.tidegate.webhook.dns;

import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.util.concurrent.Future;
import io.tidegate.settings.HostName;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Asks the name servers of {@code /etc/resolv.conf}, after {@code /etc/hosts}, and no other. Not
 * the JDK's own way, which holds a thread for as long as a name server keeps silent: names that
 * some tenant chose could take every thread there is for it.
 */
public final class DnsResolver implements Resolver, AutoCloseable {
  /** A server that has not answered by then is passed over: all of a sending has 5 s. */
  private static final Duration SERVER_SILENT_AFTER = Duration.ofSeconds(2);

  /** Aliases, search domains and referrals cost one each; a name that needs more has none. */
  private static final int MOST_QUERIES = 8;

  private final DnsNameResolver names;

  public DnsResolver(EventLoop loop) {
    this(loop, DnsServerAddressStreamProviders.platformDefault());
  }

  DnsResolver(EventLoop loop, DnsServerAddressStreamProvider servers) {
    names =
        new DnsNameResolverBuilder(loop)
            .datagramChannelType(NioDatagramChannel.class)
            // For answers that do not fit a datagram.
            .socketChannelType(NioSocketChannel.class)
            .nameServerProvider(servers)
            .authoritativeDnsServerCache(new ConfiguredServersOnly(servers))
            .resolveCache(NoopDnsCache.INSTANCE)
            .cnameCache(NoopDnsCnameCache.INSTANCE)
            .queryTimeoutMillis(SERVER_SILENT_AFTER.toMillis())
            .maxQueriesPerResolve(MOST_QUERIES)
            // Each address is checked, those of the other family too.
            .completeOncePreferredResolved(false)
            .build();
  }

  @Override
  public CompletableFuture<List<InetAddress>> resolve(HostName host) {
    CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
    names
        .resolveAll(host.text())
        .addListener(
            (Future<List<InetAddress>> asked) -> {
              if (asked.isSuccess()) {
                found.complete(List.copyOf(asked.getNow()));
              } else {
                found.completeExceptionally(asked.cause());
              }
            });
    return found;
  }

  @Override
  public void close() {
    names.close();
  }
}
