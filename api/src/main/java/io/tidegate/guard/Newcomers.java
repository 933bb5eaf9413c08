package io.tidegate.guard;

import io.netty.channel.Channel;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.settings.Settings;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Connections that nobody has vouched for yet, counted by address; more than the bound are turned
 * away. Any thread.
 */
@Singleton
final class Newcomers {
  private static final long RETRY_MILLIS = 5_000;

  private final AddressCount byAddress;
  private final Lines lines;

  Newcomers(Settings settings, Lines lines) {
    this.byAddress = new AddressCount(settings.newcomersPerAddress());
    this.lines = lines;
  }

  /**
   * Counts the connection until it is known or closed. One of a trusted proxy is the proxy's to
   * bound: behind it there may be anybody.
   */
  Newcomer add(Channel channel) {
    RefusedException refused = lines.enter(channel);
    Runnable leave = () -> {};
    if (!lines.ofProxy(channel)) {
      String address = Lines.address(channel);
      boolean within = byAddress.enter(address);
      refused = refused == null && !within ? tooMany() : refused;
      leave = () -> byAddress.leave(address);
    }
    Newcomer newcomer = new Newcomer(told(channel, refused), leave);
    channel.attr(Newcomer.KEY).set(newcomer);
    channel.closeFuture().addListener(closed -> newcomer.known());
    return newcomer;
  }

  private @Nullable RefusedException told(Channel channel, @Nullable RefusedException refused) {
    if (refused != null && !lines.mayBeTold(channel)) {
      lines.shut(channel);
    }
    return refused;
  }

  private static RefusedException tooMany() {
    return RefusedException.retryAfter(
        Refusal.OVERLOADED,
        "too many connections of this address have not shown a credential",
        RETRY_MILLIS);
  }
}
