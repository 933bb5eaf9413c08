package io.tidegate.sdk.internal;

import io.tidegate.sdk.Channel;
import io.tidegate.sdk.ChannelOptions;
import io.tidegate.sdk.Connection;
import io.tidegate.sdk.Tidegate;
import io.tidegate.sdk.internal.auth.Credentials;
import io.tidegate.sdk.internal.auth.Key;
import io.tidegate.sdk.internal.auth.TokenSource;
import io.tidegate.sdk.internal.http.Transport;
import io.tidegate.sdk.internal.live.Live;
import io.tidegate.sdk.internal.live.LiveSettings;
import io.tidegate.sdk.internal.live.Threads;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

/** One client: its credentials, its transport, its channels. */
public final class Client implements Tidegate {
  /** A frame is answered in milliseconds; a link that takes that long is replaced. */
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final Settings settings;
  private final Transport transport;
  private final Live live;
  private final ConcurrentMap<String, HttpChannel> channels = new ConcurrentHashMap<>();

  public Client(Settings settings) {
    this.settings = settings;
    Executor executor = settings.executor() == null ? Threads.callbacks() : settings.executor();
    Credentials credentials =
        settings.tokens() == null
            ? new Key(Objects.requireNonNull(settings.key()))
            : new TokenSource(settings.tokens(), executor, Clock.systemUTC());
    this.transport = new Transport(settings, credentials);
    List<URI> urls = new ArrayList<>(List.of(settings.url()));
    urls.addAll(settings.alternatives());
    Duration answer = settings.timeout().compareTo(ANSWER) < 0 ? settings.timeout() : ANSWER;
    this.live =
        Live.of(
            new LiveSettings(
                urls,
                credentials,
                settings.mapper(),
                executor,
                settings.echo(),
                settings.queue(),
                answer));
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
            name, key -> new HttpChannel(key, options, settings.mapper(), transport, live));
    if (!channel.options().equals(options)) {
      throw new IllegalStateException("the channel is in use with other options: " + name);
    }
    return channel;
  }

  @Override
  public Connection connection() {
    return live.connection();
  }

  @Override
  public void close() {
    live.close();
    transport.close();
  }

  @Override
  public String toString() {
    return settings.toString();
  }
}
