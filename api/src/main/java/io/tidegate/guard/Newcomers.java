package io.tidegate.guard;

import io.netty.channel.Channel;
import io.tidegate.settings.Proxies;
import io.tidegate.settings.Settings;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Connections that nobody has vouched for yet, counted by address; more than the bound are turned
 * away. An address has an entry only while it has such a connection. Any thread.
 */
@Singleton
final class Newcomers {
  private final ConcurrentHashMap<String, Integer> byAddress = new ConcurrentHashMap<>();
  private final int bound;
  private final Proxies proxies;

  Newcomers(Settings settings) {
    this.bound = settings.newcomersPerAddress();
    this.proxies = settings.proxies();
  }

  /**
   * Counts the connection until it is known or closed. One of a trusted proxy is the proxy's to
   * bound: behind it there may be anybody.
   */
  Newcomer add(Channel channel) {
    if (ofProxy(channel)) {
      Newcomer vouchedFor = new Newcomer(false, () -> {});
      channel.attr(Newcomer.KEY).set(vouchedFor);
      return vouchedFor;
    }
    String address = addressOf(channel);
    int count = byAddress.merge(address, 1, Integer::sum);
    Newcomer newcomer = new Newcomer(bound > 0 && count > bound, () -> leave(address));
    channel.attr(Newcomer.KEY).set(newcomer);
    channel.closeFuture().addListener(closed -> newcomer.known());
    return newcomer;
  }

  private void leave(String address) {
    byAddress.computeIfPresent(address, (who, count) -> count == 1 ? null : count - 1);
  }

  private boolean ofProxy(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress remote
        && proxies.trust(remote.getAddress());
  }

  private static String addressOf(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress remote
        ? remote.getAddress().getHostAddress()
        : "unknown";
  }
}
