package io.tidegate.sdk.internal;

import io.tidegate.sdk.Channel;
import io.tidegate.sdk.ChannelOptions;
import io.tidegate.sdk.Tidegate;
import io.tidegate.sdk.internal.auth.Credentials;
import io.tidegate.sdk.internal.auth.Key;
import io.tidegate.sdk.internal.auth.TokenSource;
import io.tidegate.sdk.internal.http.Transport;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

/** One client: its credentials, its transport, its channels. */
public final class Client implements Tidegate {
  private final Settings settings;
  private final Transport transport;
  private final ConcurrentMap<String, HttpChannel> channels = new ConcurrentHashMap<>();

  public Client(Settings settings) {
    this.settings = settings;
    Executor executor = settings.executor() == null ? Threads.daemons() : settings.executor();
    Credentials credentials =
        settings.tokens() == null
            ? new Key(Objects.requireNonNull(settings.key()))
            : new TokenSource(settings.tokens(), executor, Clock.systemUTC());
    this.transport = new Transport(settings, credentials);
  }

  @Override
  public Channel channel(String name) {
    HttpChannel known = channels.get(name);
    return known != null ? known : channel(name, ChannelOptions.none());
  }

  @Override
  public Channel channel(String name, ChannelOptions options) {
    HttpChannel channel =
        channels.computeIfAbsent(
            name, key -> new HttpChannel(key, options, settings.mapper(), transport));
    if (!channel.options().equals(options)) {
      throw new IllegalStateException("the channel is in use with other options: " + name);
    }
    return channel;
  }

  @Override
  public void close() {
    transport.close();
  }

  @Override
  public String toString() {
    return settings.toString();
  }
}
